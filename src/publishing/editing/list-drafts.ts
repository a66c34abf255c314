import type { Actor } from '../../model/permissions.ts';
import { parseProblem } from '../../model/problem.ts';
import type { PublishingContext } from '../context.ts';
import { type DraftCard, parseIntent } from '../drafts/drafts.ts';
import { maySee } from '../permissions.ts';
import type { Publishing } from '../publishing.ts';

type Filter = NonNullable<Parameters<Publishing['drafts']['list']>[1]>;

const MOST_LISTED = 500;

/** Returns the drafts that the actor may see, newest first. */
export async function listDrafts(
  { records }: PublishingContext,
  actor: Actor,
  filter: Filter = {},
): Promise<DraftCard[]> {
  const { mine = false, text = '', intent, limit = MOST_LISTED } = filter;
  let query = records.db
    .selectFrom('drafts')
    .select(['id', 'show', 'title', 'episode', 'owner_id', 'owner_name', 'updated_at', 'updated_by_name'])
    .select(['intent_json', 'problem_json'])
    .orderBy('updated_at', 'desc')
    .orderBy('id');
  if (mine) query = query.where('owner_id', '=', actor.id);
  if (intent !== undefined) query = query.where('intent_json', 'is not', null);
  const wanted = folded(text);
  const cards = (await query.execute()).map(
    (row): DraftCard => ({
      id: row.id,
      show: row.show,
      title: row.title,
      episode: row.episode ?? undefined,
      ownerId: row.owner_id,
      ownerName: row.owner_name,
      updatedAt: row.updated_at,
      updatedByName: row.updated_by_name,
      intent: parseIntent(row.intent_json),
      problem: parseProblem(row.problem_json),
    }),
  );
  return cards
    .filter((card) => maySee(actor, card))
    .filter((card) => intent === undefined || card.intent?.action === intent)
    .filter(({ title }) => folded(title).includes(wanted))
    .slice(0, limit);
}

/** Returns the text without accents, in lower case. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
