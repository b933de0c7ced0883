/** The rows say something else than what was announced of them: the file must not be published. */
export class PdfDisagrees extends Error {
  override name = 'PdfDisagrees'
}
