import type { Pace } from './loudness/measure-levels.ts';
import type { ProductionStage } from './production.ts';

/** What every stage of the work is given: how it tells its progress, and how long a sound may be. */
export type Work = {
  /** Begins a stage of so many samples, if that is known. */
  begin(stage: ProductionStage, samples?: number): Pace;
  /** The longest sound that is taken (seconds). */
  longest: number;
};
