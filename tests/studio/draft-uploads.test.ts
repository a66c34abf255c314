import { expect, test } from 'vitest';
import { draftContent } from '../../src/publishing/drafts/draft.ts';
import type { UploadKind, UploadState } from '../../src/publishing/uploads/upload.ts';
import { uploadPlace, withUploads } from '../../src/studio/draft/draft-uploads.ts';

const empty = draftContent.parse({});
const upload = (id: number, name: string, kind: UploadKind = 'unknown', state: UploadState = 'ready') => ({
  id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
  name,
  kind,
  state,
});

test('a folder that was dropped becomes an episode', () => {
  const content = withUploads(empty, [
    upload(1, 'Intervista Gilberto 30-01.wav'),
    upload(2, 'Copertina.png'),
    upload(3, 'foto città.JPG'),
    upload(4, 'trascrizione.vtt'),
    upload(5, 'capitoli.chapters.json'),
  ]);
  expect(content.segments.map(({ file }) => file)).toEqual(['intervista-gilberto-30-01.mp3']);
  expect(content.cover).toEqual({ alt: '', upload: upload(2, '').id });
  expect(content.files.map(({ file }) => file)).toEqual([
    'foto-citta.jpg',
    'intervista-gilberto-30-01.vtt',
    'intervista-gilberto-30-01.chapters.json',
  ]);
});

test('two files of one name have two names, and a transcript that of its segment', () => {
  const content = withUploads(empty, [upload(1, 'a.wav'), upload(2, 'A.flac'), upload(3, 'a-2.srt')]);
  expect(content.segments.map(({ file }) => file)).toEqual(['a.mp3', 'a-2.mp3']);
  expect(content.files.map(({ file }) => file)).toEqual(['a-2.srt']);
});

test('a picture of the text is not called as the cover is', () => {
  const withCover = { ...empty, cover: { alt: '', file: 'cover.jpg' } };
  expect(uploadPlace(upload(1, 'cover.png'), withCover)).toEqual({ as: 'file', file: 'cover-1.png' });
});

test('what was found out of a file counts more than its name', () => {
  expect(uploadPlace(upload(1, 'registrazione', 'audio'), empty)).toEqual({
    as: 'segment',
    file: 'registrazione.mp3',
  });
  expect(uploadPlace(upload(1, 'foto.wav', 'picture'), empty)).toEqual({ as: 'cover' });
  expect(uploadPlace(upload(1, 'registrazione'), empty)).toBeUndefined();
});

test('a sound that was to replace one of the folder leaves that one when it is taken back', () => {
  const segment = { file: 'a.mp3', guid: 'guid-a', title: '', voice: 'auto' as const };
  const replacing = { ...empty, segments: [{ ...segment, upload: upload(1, '').id }] };
  expect(withUploads(replacing, [upload(1, 'b.wav', 'audio', 'cancelled')]).segments).toEqual([segment]);
});

test('what was taken back is gone, what is placed stays where it is', () => {
  const placed = withUploads(empty, [upload(1, 'a.wav'), upload(2, 'b.jpg')]);
  expect(withUploads(placed, [upload(1, 'a.wav'), upload(2, 'b.jpg')])).toEqual(placed);
  expect(
    withUploads(placed, [
      upload(1, 'a.wav', 'audio', 'cancelled'),
      upload(2, 'b.jpg', 'picture', 'cancelled'),
    ]),
  ).toEqual(empty);
});
