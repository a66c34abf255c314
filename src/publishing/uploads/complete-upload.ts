import type { UploadContext } from './upload-context.ts';

/**
 * Called when the last byte of an upload is on the disk: hands it over to the job `examine` (examine-job.ts),
 * in one transaction. Called again, or after the upload was cancelled, it does nothing.
 */
export async function completeUpload({ records, jobs, now }: UploadContext, id: string): Promise<void> {
  await records.write(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('uploads')
      .set(({ ref }) => ({
        state: 'waiting' as const,
        received: ref('bytes'),
        finished_at: now(),
        updated_at: now(),
      }))
      .where('id', '=', id)
      .where('state', '=', 'arriving')
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await jobs.add('examine', id, {}, db);
  });
}
