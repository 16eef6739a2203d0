// The boundaries of the house: apps → sdk → contract → protocol, one app never into another, no cycles.
// `npm run lint` reads this through scripts/boundaries.mjs; scripts/boundaries.test.ts plants a violation of each rule.

const tests = '[.]test[.]tsx?$|/src/.*testing/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or a third one is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that cannot be resolved escapes every other rule.',
      severity: 'error',
      from: {},
      // Vite's way to ask for the address of a built worker; TypeScript and the build check the rest of the path.
      to: { couldNotResolve: true, pathNot: '[?]worker&url$' },
    },
    {
      name: 'protocol-is-pure',
      comment:
        'Values in, values out: no Node, no DOM, no other package than the audited cryptography and CBOR.',
      severity: 'error',
      from: { path: '^packages/protocol/src/', pathNot: tests },
      to: { pathNot: '^packages/protocol/src/|node_modules/(@noble|@scure|cborg)/' },
    },
    {
      name: 'contract-knows-protocol-only',
      severity: 'error',
      from: { path: '^packages/contract/src/', pathNot: tests },
      to: { pathNot: '^packages/(contract|protocol)/src/|node_modules/(typebox)/' },
    },
    {
      name: 'sdk-knows-contract-protocol-and-group-crypto-only',
      severity: 'error',
      from: { path: '^packages/sdk/src/', pathNot: tests },
      to: { path: '^(apps|e2e|bench|packages/(?!sdk/|contract/|protocol/|group-crypto/))' },
    },
    {
      name: 'packages-know-no-app',
      severity: 'error',
      from: { path: '^packages/', pathNot: tests },
      to: { path: '^(apps|e2e|bench)/' },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment: 'They talk over the wire. Tests may put several together.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: tests },
      to: { path: '^(apps|e2e|bench)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'servers-do-not-use-the-sdk',
      comment: 'The SDK is the client. A server that calls it mixes up the two sides of the protocol.',
      severity: 'error',
      from: { path: '^apps/(api|devnet|pin-node|front-door|outbox|supervisor)/', pathNot: tests },
      to: { path: '^packages/sdk/' },
    },
    {
      name: 'gpl-is-for-tests',
      comment: 'core-crypto is GPL-3.0. It is there to test against, in a package that ships nothing.',
      severity: 'error',
      from: { pathNot: '^packages/mls-interop/' },
      to: { path: '^packages/mls-interop/|node_modules/@wireapp/|^@wireapp/' },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: `${tests}|^packages/testing/` },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'ui-knows-no-domain',
      comment: 'A button does not know what an account is.',
      severity: 'error',
      from: { path: '^apps/web/src/ui/', pathNot: tests },
      to: { path: '^packages/|^apps/web/src/(?!ui/|i18n/)' },
    },
  ],
  options: {
    // Under TypeScript 7 the default parser skips every .ts file and stays green.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // Built files of our own; those of a dependency are what an import of it leads to.
    exclude: { path: 'node_modules/[.]cache|^(?:apps|packages)/[^/]+/dist/' },
    moduleSystems: ['es6', 'cjs'],
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
