import { SharedArray } from 'k6/data';
import type { People, Plan, Resident, Visitor } from './plan.ts';

/** Reads a file once for all VUs: `open` in each would hold as many copies. */
const read = <T>(name: string, file: string | undefined, list: (json: never) => readonly T[]): readonly T[] =>
  file === undefined ? [] : new SharedArray<T>(name, () => [...list(JSON.parse(open(file)) as never)]);

const byHand: Plan = {
  id: 'by-hand',
  baseUrl: 'http://127.0.0.1:1000',
  blocks: 0,
  blockMs: 1000,
  limitsMs: {},
  thresholds: {},
  readEach: 1,
};
const planned = read<Plan>('plan', __ENV.PLAN, (plan: Plan) => [plan])[0] ?? byHand;

/** `BASE_URL` wins over the plan: on Kubernetes one archive runs against any address. */
export const plan: Plan = { ...planned, baseUrl: __ENV.BASE_URL ?? planned.baseUrl };

/** `PEOPLE` holds them itself: on Kubernetes, by a reference to a Secret, so that the archive has no tokens in it. */
const people: People | undefined = __ENV.PEOPLE ? JSON.parse(__ENV.PEOPLE) : undefined;
export const visitors = people?.visitors ?? read<Visitor>('visitors', plan.peopleFile, (file: People) => file.visitors);
export const residents =
  people?.residents ?? read<Resident>('residents', plan.peopleFile, (file: People) => file.residents);

/** Elements of the shared lists that this VU has had: k6 parses an element anew each time that it is taken from one. */
const had = new Map<readonly unknown[], Map<number, unknown>>([
  [visitors, new Map()],
  [residents, new Map()],
]);

/** The element of a list whose turn it is. Throws when the list is empty: the journey then needs a people file. */
export function turn<T>(list: readonly T[], index: number): T {
  const place = index % list.length;
  const before = had.get(list)?.get(place) as T | undefined;
  if (before !== undefined) return before;
  const element = list[place];
  if (element === undefined) throw new Error('this journey needs people: name a plan with a peopleFile by -e PLAN=…');
  had.get(list)?.set(place, element);
  return element;
}
