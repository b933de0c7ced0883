import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Styles that antd writes by this one function forget the nonce (scrollbars, dialogs): a strict policy refuses and reports each. */
const nonceForStyles: Plugin = {
  name: 'nonce-for-styles',
  transform(code, id) {
    if (!id.endsWith('@rc-component/util/es/Dom/dynamicCSS.js')) return undefined
    const given = `document.querySelector('meta[name=csp-nonce]')?.content`
    const mended = code.replace(
      /if \(csp\?\.nonce\) \{\s*styleNode\.nonce = csp\?\.nonce;\s*\}/,
      `styleNode.nonce = csp?.nonce ?? ${given} ?? '';`,
    )
    if (mended === code) throw new Error('dynamicCSS.js has changed: look whether its <style> has a nonce now')
    return mended
  },
}

// The sources of @lijian/contracts, not what is built of them for Node.
export default defineConfig({
  base: '/console/',
  plugins: [react(), nonceForStyles],
  resolve: { conditions: ['@lijian/source', 'module', 'browser', 'development|production'] },
  build: { outDir: 'dist/app', emptyOutDir: true, sourcemap: false, chunkSizeWarningLimit: 2000, manifest: true },
})
