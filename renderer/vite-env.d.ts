/// <reference types="vite/client" />

/** One icon, one file: the package's index would make the bundler read six thousand of them. */
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  import type { Icon } from '@tabler/icons-react';
  const icon: Icon;
  export default icon;
}
