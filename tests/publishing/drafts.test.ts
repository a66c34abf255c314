import { expect, test } from 'vitest';
import type { DraftContent } from '../../src/publishing/drafts/draft.ts';
import { DraftConflict } from '../../src/publishing/publishing.ts';
import { mp3 } from '../fixtures/audio.ts';
import { episodeMd } from '../fixtures/station-folder.ts';
import { ada, carla, enzo, otto, refusalOf, rita, testStudio } from './opened-publishing.ts';

const EPISODE = 'stacca/2025-01-10-vecchia';
const PUBLISHED = {
  [`${EPISODE}/episode.md`]: episodeMd(['title: Vecchia', 'date: 2025-01-10', 'guid: guid-vecchia']),
  [`${EPISODE}/voce.mp3`]: mp3({ seconds: 2 }),
};

test('what is saved is found again, and counted only when it differs', async () => {
  const { publishing } = await testStudio();
  const draft = await publishing.drafts.create(carla, { show: 'stacca', title: 'Prima' });
  expect(draft).toMatchObject({ revision: 1, ownerName: 'Carla', content: { title: 'Prima', body: '' } });
  const content = { ...draft.content, body: '# Ciao\n\ncittà 🎧' };
  const saved = await publishing.drafts.save(carla, draft.id, 1, content);
  expect(saved.revision).toBe(2);
  expect((await publishing.drafts.save(carla, draft.id, 2, content)).revision).toBe(2);
  expect((await publishing.drafts.get(carla, draft.id)).content).toEqual(content);
});

test('the second of two to save sees both texts, and neither is lost', async () => {
  const studio = await testStudio(PUBLISHED);
  const { drafts, episodes } = studio.publishing;
  const draft = await drafts.open(carla, EPISODE);
  expect((await drafts.open(enzo, EPISODE)).id).toBe(draft.id);
  await drafts.save(carla, draft.id, 1, { ...draft.content, body: 'Di Carla.' });
  const late: DraftContent = { ...draft.content, body: 'Di Enzo.' };
  const conflict = await drafts.save(enzo, draft.id, 1, late).catch((error: unknown) => error);
  if (!(conflict instanceof DraftConflict)) throw conflict;
  expect(conflict.conflict).toMatchObject({
    byName: 'Carla',
    draft: { revision: 2, content: { body: 'Di Carla.' } },
    mine: { body: 'Di Enzo.' },
  });
  // The same again, as a page that saves by itself does.
  await expect(drafts.save(enzo, draft.id, 1, late)).rejects.toThrow(DraftConflict);
  const lost = (await episodes.versions(enzo, EPISODE)).filter(({ reason }) => reason === 'conflict');
  expect(lost).toHaveLength(1);
  expect(lost[0]?.byName).toBe('Enzo');
  const difference = await episodes.difference(enzo, EPISODE, lost[0]?.id ?? 0);
  expect(difference.filter((part) => part.in === 'old').map(({ text }) => text)).toEqual(['Di Enzo']);
});

test('each sees and edits what is theirs: their shows’ drafts, and their own that have no show yet', async () => {
  const { publishing } = await testStudio();
  const { drafts } = publishing;
  const homeless = await drafts.create(rita, { title: 'Senza casa' });
  const ofShow = await drafts.create(carla, { show: 'stacca', title: 'Di Stacca' });
  const others = await drafts.create(otto, { show: 'altra', title: 'Di Altra' });
  const titles = async (...given: Parameters<typeof drafts.list>) =>
    (await drafts.list(...given)).map(({ title }) => title).sort();
  expect(await titles(rita)).toEqual(['Di Stacca', 'Senza casa']);
  expect(await titles(rita, { mine: true })).toEqual(['Senza casa']);
  expect(await titles(carla)).toEqual(['Di Stacca']);
  expect(await titles(enzo)).toEqual(['Di Altra', 'Di Stacca', 'Senza casa']);
  expect(await titles(enzo, { text: 'ALTRÀ' })).toEqual(['Di Altra']);
  expect(await refusalOf(drafts.get(carla, homeless.id))).toBe('not-allowed');
  expect(await refusalOf(drafts.get(otto, ofShow.id))).toBe('not-allowed');
  expect(await refusalOf(drafts.save(rita, others.id, 1, others.content))).toBe('not-allowed');
  expect(await refusalOf(drafts.discard(rita, others.id))).toBe('not-allowed');
  // Into a show that is not theirs, nobody can put anything.
  expect(await refusalOf(drafts.create(rita, { show: 'altra' }))).toBe('not-allowed');
  const stolen = { ...homeless.content, show: 'altra' };
  expect(await refusalOf(drafts.save(rita, homeless.id, 1, stolen))).toBe('not-allowed');
});

test('a token does what its scopes say and no more', async () => {
  const { publishing } = await testStudio();
  const { drafts } = publishing;
  const { id, content } = await drafts.create(enzo, { show: 'stacca', title: 'Prova' });
  const reader = { ...enzo, scopes: ['read' as const] };
  const writer = { ...enzo, scopes: ['write' as const] };
  expect((await drafts.get(reader, id)).content.title).toBe('Prova');
  expect(await refusalOf(drafts.save(reader, id, 1, { ...content, title: 'No' }))).toBe('not-allowed');
  expect((await drafts.save(writer, id, 1, { ...content, title: 'Sì' })).revision).toBe(2);
  expect(await refusalOf(drafts.submit(writer, id, 2, 'publish'))).toBe('not-allowed');
});

test('what cannot be published is refused at once, and says why', async () => {
  const studio = await testStudio();
  const { drafts } = studio.publishing;
  const id = await studio.draftWithSound();
  const { content } = await drafts.get(ada, id);
  const refused = async (given: Partial<DraftContent>): Promise<string> => {
    const { revision } = await drafts.get(ada, id);
    const changed = await drafts.save(ada, id, revision, { ...content, ...given });
    return refusalOf(drafts.submit(ada, id, changed.revision, 'publish'));
  };
  expect(await refused({ title: ' ' })).toBe('title-missing');
  expect(await refused({ show: '' })).toBe('show-missing');
  expect(await refused({ show: 'nessuna' })).toBe('show-missing');
  expect(await refused({ show: '..' })).toBe('show-missing');
  expect(await refused({ segments: [] })).toBe('sound-missing');
  expect(await refused({ source: 'javascript:alert(1)' })).toBe('value-wrong');
  expect(await refused({ date: 'domani' })).toBe('value-wrong');
  expect(await refused({ body: 'a'.repeat(1_000_000) })).toBe('value-wrong');
  const unknown = { file: 'mai-vista.mp3', title: '', voice: 'auto' as const };
  expect(await refused({ segments: [unknown] })).toBe('name-refused');
  const called = (file: string) => ({ segments: content.segments.map((one) => ({ ...one, file })) });
  for (const file of ['episode.md', 'gniv\u202E3pm.mp3', `${'è'.repeat(150)}.mp3`, 'thumbs.db', 'a.part'])
    expect(await refused(called(file))).toBe('name-refused');
  for (const file of ['../fuori.mp3', '.nascosto.mp3', 'a\\b.mp3', 'a\n.mp3', ''])
    await expect(refused(called(file))).rejects.toThrow(/a-file-name|too_small/);
  expect((await drafts.get(ada, id)).intent).toBeUndefined();
  expect(await studio.jobs.underWay()).toEqual([]);
  expect(await studio.files('stacca')).toEqual(['show.md']);
});

test('an episode goes out as soon as its sound is ready, and not before', async () => {
  const studio = await testStudio();
  const { drafts } = studio.publishing;
  const draft = await drafts.create(carla, { show: 'stacca', title: 'Aspetta' });
  const upload = await studio.upload(draft.id, 'voce.mp3', mp3({ seconds: 2 }), carla);
  const segments = [{ file: 'voce.mp3', upload, title: '', voice: 'auto' as const }];
  await drafts.save(carla, draft.id, 1, { ...draft.content, segments });
  const waiting = await drafts.submit(carla, draft.id, 2, 'publish');
  expect(waiting.intent).toMatchObject({ action: 'publish', byName: 'Carla' });
  expect((await studio.jobs.underWay()).map(({ kind }) => kind)).toEqual(['examine']);
  expect((await drafts.list(carla, { intent: 'publish' })).map(({ id }) => id)).toEqual([draft.id]);
  expect((await studio.work()).map(({ kind }) => kind)).toEqual(['examine', 'write']);
  expect(await studio.files('stacca')).toEqual(['2025-01-30-aspetta', 'show.md']);
  expect(await refusalOf(drafts.get(carla, draft.id))).toBe('not-found');
});

test('an upload that was refused holds the episode up until it is taken out', async () => {
  const studio = await testStudio();
  const { drafts } = studio.publishing;
  const id = await studio.draftWithSound({}, carla);
  const page = await studio.upload(id, 'pagina.pdf', Buffer.from('%PDF-1.4 nothing of ours'), carla);
  const before = await drafts.get(carla, id);
  const withPage = { ...before.content, files: [{ file: 'pagina.vtt', upload: page }] };
  await drafts.save(carla, id, before.revision, withPage);
  await studio.submit(id, 'publish', carla);
  const held = await drafts.get(carla, id);
  expect(held.intent?.action).toBe('publish');
  expect(held.problem?.code).toBe('file-not-for-us');
  expect(await studio.files('stacca')).toEqual(['show.md']);
  const freed = await drafts.save(carla, id, held.revision, before.content);
  expect(freed.problem).toBeUndefined();
  await studio.work();
  expect(await studio.files('stacca')).toEqual(['2025-01-30-sputnik', 'show.md']);
});

test('what was asked for can be taken back until it happens', async () => {
  const studio = await testStudio();
  const { drafts } = studio.publishing;
  const id = await studio.draftWithSound();
  const { revision } = await drafts.get(ada, id);
  await drafts.submit(ada, id, revision, 'publish');
  expect((await drafts.hold(ada, id)).intent).toBeUndefined();
  await studio.work();
  expect(await studio.files('stacca')).toEqual(['show.md']);
  expect((await drafts.get(ada, id)).content.title).toBe('Sputnik');
});

test('who may only hand in hands in, and an editor publishes from the folder', async () => {
  const studio = await testStudio();
  const { drafts, episodes } = studio.publishing;
  const id = await studio.draftWithSound({}, rita);
  const { revision } = await drafts.get(rita, id);
  expect(await refusalOf(drafts.submit(rita, id, revision, 'publish'))).toBe('not-allowed');
  await studio.submit(id, 'review', rita);
  const key = 'stacca/2025-01-30-sputnik';
  expect(await studio.text(`${key}/episode.md`)).toContain('status: review\n');
  expect(await studio.text(`${key}/episode.md`)).not.toContain('date:');
  expect(await refusalOf(episodes.setStatus(rita, key, 'published'))).toBe('not-allowed');
  expect(await refusalOf(episodes.setStatus(otto, key, 'draft'))).toBe('not-allowed');
  await episodes.setStatus(enzo, key, 'published');
  expect(await studio.text(`${key}/episode.md`)).not.toContain('status:');
  expect(await studio.text(`${key}/episode.md`)).toContain('date: 2025-01-30T18:00:00+01:00\n');
});

test('nobody gets words published through somebody else who is about to publish', async () => {
  const studio = await testStudio();
  const { drafts } = studio.publishing;
  const draft = await drafts.create(carla, { show: 'stacca', title: 'Di Carla' });
  const upload = await studio.upload(draft.id, 'voce.mp3', mp3({ seconds: 2 }), carla);
  const segments = [{ file: 'voce.mp3', upload, title: '', voice: 'auto' as const }];
  const { content } = await drafts.save(carla, draft.id, 1, { ...draft.content, segments });
  await drafts.submit(carla, draft.id, 2, 'publish');
  expect((await drafts.save(enzo, draft.id, 2, { ...content, body: 'Di Enzo.' })).intent).toBeDefined();
  const meddled = await drafts.save(rita, draft.id, 3, { ...content, body: 'Di Rita.' });
  expect(meddled.intent).toBeUndefined();
  await studio.work();
  expect(await studio.files('stacca')).toEqual(['show.md']);
});

test('handed-in changes of a published episode wait for an editor; meanwhile nothing of it changes', async () => {
  const studio = await testStudio(PUBLISHED);
  const { drafts } = studio.publishing;
  const before = await studio.text(`${EPISODE}/episode.md`);
  const { id, content } = await drafts.open(rita, EPISODE);
  await drafts.save(rita, id, 1, { ...content, title: 'Nuova' });
  expect(await refusalOf(drafts.submit(rita, id, 2, 'save'))).toBe('not-allowed');
  expect(await studio.submit(id, 'review', rita)).toEqual([]);
  expect(await studio.text(`${EPISODE}/episode.md`)).toBe(before);
  expect((await drafts.list(enzo, { intent: 'review' })).map(({ title }) => title)).toEqual(['Nuova']);
  await studio.publishing.recover();
  expect(await studio.work()).toEqual([]);
  await studio.submit(id, 'publish', enzo);
  expect(await studio.text(`${EPISODE}/episode.md`)).toBe(before.replace('Vecchia', 'Nuova'));
});

test('what was asked for while an episode was hidden does not change it once it is out', async () => {
  const hidden = {
    [`${EPISODE}/episode.md`]: episodeMd(['title: Vecchia', 'guid: guid-vecchia', 'status: review']),
    [`${EPISODE}/voce.mp3`]: mp3({ seconds: 2 }),
  };
  const studio = await testStudio(hidden);
  const { drafts, episodes } = studio.publishing;
  const { id, content } = await drafts.open(rita, EPISODE);
  await drafts.save(rita, id, 1, { ...content, title: 'Di nascosto' });
  await drafts.submit(rita, id, 2, 'save');
  await episodes.setStatus(enzo, EPISODE, 'published');
  const out = await studio.text(`${EPISODE}/episode.md`);
  await studio.work();
  expect(await studio.text(`${EPISODE}/episode.md`)).toBe(out);
  expect((await drafts.list(enzo, { intent: 'review' })).map(({ title }) => title)).toEqual(['Di nascosto']);
});

test('a draft that is thrown away takes its uploads along, and leaves the folder as it is', async () => {
  const studio = await testStudio(PUBLISHED);
  const { drafts } = studio.publishing;
  const { id } = await drafts.open(carla, EPISODE);
  await studio.upload(id, 'altra.mp3', mp3({ seconds: 3 }), carla);
  await studio.work();
  await drafts.discard(carla, id);
  expect(await refusalOf(drafts.get(carla, id))).toBe('not-found');
  expect(await studio.uploads.ofDraft(id)).toEqual([]);
  expect(await studio.files(EPISODE)).toEqual(['episode.md', 'voce.mp3']);
  expect((await drafts.open(carla, EPISODE)).id).not.toBe(id);
});

test('a preview is the episode as it would be, without what is not ready, and writes nothing', async () => {
  const studio = await testStudio(PUBLISHED);
  await studio.indexer.scan();
  const { drafts } = studio.publishing;
  const fresh = await drafts.create(carla, { show: 'stacca', title: 'Bozza', body: 'Ciao **mondo**' });
  const silent = await drafts.preview(carla, fresh.id);
  expect(silent.show.title).toBe('Stacca Stacca');
  expect(silent.episode).toMatchObject({ slug: `preview-${fresh.id}`, title: 'Bozza', segments: [] });
  expect(silent.episode.articleHtml).toContain('<strong>mondo</strong>');

  const upload = await studio.upload(fresh.id, 'voce.mp3', mp3({ seconds: 2 }), carla);
  const segments = [{ file: 'voce.mp3', upload, title: '', voice: 'auto' as const }];
  const body = '## [0:01](voce.mp3#t=0:01) Uno';
  await drafts.save(carla, fresh.id, 1, { ...fresh.content, body, segments });
  expect((await drafts.preview(carla, fresh.id)).episode.segments).toEqual([]);
  expect(await drafts.localFile(carla, fresh.id, 'voce.mp3')).toBeUndefined();
  await studio.work();
  const { episode } = await drafts.preview(carla, fresh.id);
  expect(episode.segments).toMatchObject([{ file: 'voce.mp3', chapters: [{ start: 1, title: 'Uno' }] }]);
  expect(await drafts.localFile(carla, fresh.id, 'voce.mp3')).toMatch(/\/sounds\/.*\.mp3$/);

  const edit = await drafts.open(carla, EPISODE);
  await drafts.save(carla, edit.id, 1, { ...edit.content, title: 'Altro titolo' });
  const edited = await drafts.preview(carla, edit.id);
  expect(edited.episode).toMatchObject({ title: 'Altro titolo', segments: [{ file: 'voce.mp3' }] });
  expect(await drafts.localFile(carla, edit.id, 'voce.mp3')).toMatch(/vecchia\/voce\.mp3$/);
  expect(await drafts.localFile(carla, edit.id, '../show.md')).toBeUndefined();
  expect(await studio.catalogue.keysBelow('stacca')).toEqual([EPISODE]);
  expect(await studio.files('stacca')).toEqual(['2025-01-10-vecchia', 'show.md']);
});

test('a preview of a draft that has neither title nor show yet is one of the station', async () => {
  const studio = await testStudio();
  const { id } = await studio.publishing.drafts.create(rita, { body: 'Un inizio.' });
  const { episode, show } = await studio.publishing.drafts.preview(rita, id);
  expect(show.title).toBe('Radio Prova');
  expect(episode.articleText).toBe('Un inizio.');
});
