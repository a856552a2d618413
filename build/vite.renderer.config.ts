import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** While working on the screen: the station that feeds it, which answers only to pages of its own. */
const station = {
  target: process.env['LINEGATE_URL'] ?? 'http://127.0.0.1:8600',
  ...{ ws: true, changeOrigin: true, rewriteWsOrigin: true },
};

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The operator screen: `dist/renderer`, served by `records`. */
export default defineConfig({
  root: at('../renderer'),
  plugins: [react()],
  server: { proxy: { '/api': station, '/preview': station, '/pictures': station, '/thumbnails': station } },
  build: {
    outDir: at('../dist/renderer'),
    emptyOutDir: true,
    // Our own window is newer; this is for tablets and phones on the plant network.
    target: 'es2022',
    // The content security policy of `records` takes files, not data in addresses.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
