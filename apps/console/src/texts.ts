/** A text in both languages, as the API sends its own: a missing one does not compile. */
export interface Words {
  zh: string
  en: string
}
export type Language = 'zh-CN' | 'en'

export const words = (zh: string, en: string): Words => ({ zh, en })
export const said = (text: Words, language: Language): string => (language === 'en' ? text.en : text.zh)
