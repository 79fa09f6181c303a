// biome-ignore-all lint/style/noDefaultExport: they have no other
// The parts of undici that we use, which it names in its index only beside everything else it has:
// fetch, WebSocket, caches, mocks. Those would be loaded into every process too.

declare module 'undici/lib/dispatcher/client.js' {
  export { Client as default } from 'undici'
}

declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici'
}

declare module 'undici/lib/core/errors.js' {
  export { errors as default } from 'undici'
}
