import type { Context } from './context.ts';
import type { Place } from './place.ts';

/**
 * A target of the check's own where there can be one: for checks that others would disturb by what they do, and for those that
 * may leave a server broken, which is then one finding and not a hundred.
 */
export const quietPlace = async (context: Context): Promise<Place> =>
  context.session.target.can.includes('fresh') ? await context.openOwn() : context;
