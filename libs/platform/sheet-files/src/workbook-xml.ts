import { widthOf, type Column, type Showing } from './columns'
import { xmlText } from './text'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const ROOT_RELATIONS_XML = `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

export interface SheetPart {
  readonly path: string
  readonly name: string
}

/** The parts that name the sheets; they are known when all sheets are written. */
export function workbookParts(parts: readonly SheetPart[]): [name: string, xml: string][] {
  const styles = `rId${parts.length + 1}`
  const sheets = parts.map(({ name }, i) => `<sheet name="${attribute(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
  const relations = [
    ...parts.map(({ path }, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="${path}"/>`),
    `<Relationship Id="${styles}" Type="${OFFICE}/styles" Target="styles.xml"/>`,
  ]
  const types = [
    ['xl/workbook.xml', 'sheet.main'],
    ['xl/styles.xml', 'styles'],
    ...parts.map(({ path }) => [`xl/${path}`, 'worksheet'] as const),
  ].map(([name, type]) => `<Override PartName="/${name}" ContentType="${SHEET_TYPES}.${type}+xml"/>`)
  return [
    ['xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${types.join('')}</Types>`,
    ],
  ]
}

const attribute = (text: string) => xmlText(text).replaceAll('"', '&quot;')

/** Up to the first row; `above` rows stay in sight when a reader scrolls. */
export function sheetStartXml(columns: readonly Column[], showing: Showing, above: number, isFirst: boolean): string {
  const widths = columns.map(
    (column, i) => `<col min="${i + 1}" max="${i + 1}" width="${widthOf(column, showing)}" customWidth="1"/>`,
  )
  const pane = `<pane ySplit="${above}" topLeftCell="A${above + 1}" activePane="bottomLeft" state="frozen"/>`
  return `<worksheet xmlns="${MAIN}"><sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>\n`
}

export const sheetEndXml = '</sheetData></worksheet>'
