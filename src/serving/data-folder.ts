import { access, constants, mkdir } from 'node:fs/promises';
import { type Config, SettingError } from '../config.ts';

/** Makes the folder that `DATA_DIR` names. Throws `SettingError` when it cannot be written to. */
export async function makeDataFolder({ dataDir }: Pick<Config, 'dataDir'>): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new SettingError(
      `The setting DATA_DIR ("${dataDir}") must be a folder that can be written to (${reason}).`,
    );
  }
}
