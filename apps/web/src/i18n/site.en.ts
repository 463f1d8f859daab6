import { commonEn } from './common.en.js';

/** The words of the interface of a tracker. */
export const siteEn = { ...commonEn };
