import { z } from 'zod';
import { catalogueRowSchema } from '../tracker/entry.js';
import { cataloguePageSchema, windowDiffSchema } from '../tracker/catalogue-query.js';

/** A line of the catalogue with what this computer knows of it. */
export const engineCatalogueRowSchema = catalogueRowSchema.extend({
  /** This user added it. */
  mine: z.boolean(),
  /** This device has the whole content, verified. */
  here: z.boolean(),
});
export type EngineCatalogueRow = z.infer<typeof engineCatalogueRowSchema>;

export const engineCataloguePageSchema = cataloguePageSchema.extend({ rows: z.array(engineCatalogueRowSchema) });
export type EngineCataloguePage = z.infer<typeof engineCataloguePageSchema>;

export const engineWindowDiffSchema = windowDiffSchema.extend({ upserted: z.array(engineCatalogueRowSchema) });
export type EngineWindowDiff = z.infer<typeof engineWindowDiffSchema>;
