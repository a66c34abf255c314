import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';
import type { OpenStudio, StudioDependencies } from './open-studio.ts';

export type LazyStudio = {
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Ends the streams of events, which would hold up the end of the server. */
  endStreams(): void;
  close(): Promise<void>;
};

/** Returns the way to the staff's side, which is loaded when the first of them comes: listeners need nothing of it. */
export function lazyStudio(
  config: Config & { publicUrl: string },
  surroundings: StudioDependencies,
): LazyStudio {
  const ending = new AbortController();
  let opened: Promise<OpenStudio> | undefined;
  const open = (): Promise<OpenStudio> => {
    opened ??= import('./open-studio.ts').then(({ openStudio }) =>
      openStudio(config, surroundings, ending.signal),
    );
    return opened;
  };
  return {
    handle(req, res) {
      open().then(
        (studio) => studio.handle(req, res),
        (error: unknown) => {
          opened = undefined;
          surroundings.log.error(error, 'the studio could not be opened');
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
