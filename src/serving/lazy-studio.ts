import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';
import type { OpenStudio, StudioDependencies } from './open-studio.ts';

export type LazyStudio = {
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Ends the event streams, which would keep the server from closing. */
  endStreams(): void;
  close(): Promise<void>;
};

/** Returns the studio, whose code is loaded at the first request for it: listeners need nothing of it. */
export function lazyStudio(
  config: Config & { publicUrl: string },
  dependencies: StudioDependencies,
): LazyStudio {
  const ending = new AbortController();
  let opened: Promise<OpenStudio> | undefined;
  const open = (): Promise<OpenStudio> => {
    opened ??= import('./open-studio.ts').then(({ openStudio }) =>
      openStudio(config, dependencies, ending.signal),
    );
    return opened;
  };
  return {
    handle(req, res) {
      open().then(
        (studio) => studio.handle(req, res),
        (error: unknown) => {
          opened = undefined;
          dependencies.log.error(error, 'the studio could not be opened');
          res.writeHead(503, { 'Retry-After': '10' }).end();
        },
      );
    },
    endStreams: () => ending.abort(),
    async close() {
      await (await opened)?.close();
    },
  };
}
