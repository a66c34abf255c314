/** Written before the worker's code by the server (src/site/resources/service-worker.ts). */
declare const SHELL: import('./shell.js').Shell;

// TypeScript's webworker library describes all kinds of workers at once, the global names of a dedicated one among them.
interface WorkerGlobalScopeEventMap {
  install: ExtendableEvent;
  activate: ExtendableEvent;
  fetch: FetchEvent;
}
declare const clients: Clients;
declare function skipWaiting(): Promise<void>;
