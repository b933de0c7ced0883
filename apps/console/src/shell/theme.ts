import { theme, type ThemeConfig } from 'antd'

const FONT = `-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif`

/** antd's own colours fail WCAG AA in some 80 places; these pass (measured with axe, light and dark). */
const LIGHT = {
  ...{ colorPrimary: '#0958d9', colorInfo: '#0958d9', colorLink: '#0958d9', colorError: '#cf1322' },
  ...{ colorTextPlaceholder: '#6b6b6b', colorTextDescription: '#595959', colorTextTertiary: '#595959' },
  // antd's are lighter than what they stand on allows.
  ...{ colorPrimaryHover: '#003eb3', colorLinkHover: '#003eb3', colorErrorHover: '#a8071a' },
  ...{ green: '#237804', orange: '#ad4e00', volcano: '#ad2102', red: '#a8071a' },
}
const DARK = {
  ...{ colorPrimary: '#69b1ff', colorInfo: '#69b1ff', colorLink: '#69b1ff', colorError: '#ff7875' },
  ...{ colorTextPlaceholder: '#9a9a9a', colorTextDescription: '#a6a6a6', colorTextTertiary: '#a6a6a6' },
}

export function themeOf(isDark: boolean): ThemeConfig {
  return {
    cssVar: { key: 'lijian' },
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: { fontFamily: FONT, ...(isDark ? DARK : LIGHT) },
    components: {
      Table: { cellPaddingBlockSM: 5 },
      Layout: {
        headerPadding: '0 16px',
        headerHeight: 48,
        ...(isDark ? { lightSiderBg: '#141414', headerBg: '#141414' } : { headerBg: '#ffffff' }),
      },
      Menu: { itemHeight: 32, ...(isDark ? { itemSelectedColor: '#91caff' } : {}) },
      ...(isDark ? { Button: { primaryColor: '#000000' } } : {}),
    },
  }
}
