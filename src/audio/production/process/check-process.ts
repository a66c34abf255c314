import { AV_LOG_QUIET } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { ResultCheck } from '../result-check.ts';
import type { CheckAnswer, CheckMessage } from './checker.ts';

// The program that listens to a result on another processor, while it is still encoded.

Log.setLevel(AV_LOG_QUIET);
let check: ResultCheck | undefined;

const send = (answer: CheckAnswer) => process.send?.(answer);

process.on('message', (message: CheckMessage) => {
  if (message.kind === 'begin') {
    check = new ResultCheck(message.checking);
  } else if (message.kind === 'frames') {
    let at = 0;
    for (const length of message.lengths) {
      check?.add(Buffer.from(message.bytes.buffer, message.bytes.byteOffset + at, length));
      at += length;
    }
    send({ kind: 'taken' });
  } else if (check) {
    send({ kind: 'checked', checked: check.finish() });
  }
});
process.on('disconnect', () => process.exit());
