export { markdownTable, textTable, type Column, type TextTableOptions } from './text-table'
