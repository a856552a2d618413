import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The Electron shell: `dist/shell/main.cjs`, one file with everything in it but Electron and Node. */
export default defineConfig({
  root: at('..'),
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: at('../electron/shell/main.ts'),
    outDir: at('../dist/shell'),
    emptyOutDir: true,
    copyPublicDir: false,
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'main.cjs' } },
  },
});
