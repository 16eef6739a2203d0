/** The operator's Ed25519 public key, hexadecimal; compiled in by the build. */
declare const __HEXKEY_OPERATOR_KEY__: string;
/** Ed25519 public key that signs what Team Hexkey says, hexadecimal; compiled in by the build. */
declare const __HEXKEY_TEAM_KEY__: string;
declare const __HEXKEY_VERSION__: string;
/** In the service worker only: the files of its build. */
declare const __HEXKEY_SHELL__: import('./offline/shell.ts').ShellList;

interface ImportMeta {
  /** Of Vite. */
  readonly env: { readonly PROD: boolean };
}

declare module '*.css';
declare module '*?worker&url' {
  /** Where the built worker is served. */
  const address: string;
  export default address;
}
