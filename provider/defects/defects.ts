import { lockDefects } from './concurrency/locks.ts';
import { raceDefects } from './concurrency/races.ts';
import { stormDefects } from './concurrency/storms.ts';
import type { Defect, DefectClass } from './defect.ts';
import { restartDefects } from './durability/lives.ts';
import { readBackDefects } from './durability/people.ts';
import { saveDefects } from './durability/saves.ts';
import { startDefects } from './durability/starts.ts';
import { keyDefects } from './identity/keys.ts';
import { peopleDefects } from './identity/people.ts';
import { identityProfileDefects } from './identity/profiles.ts';
import { subjectDefects } from './identity/subjects.ts';
import { errorDefects } from './performance/errors.ts';
import { growthDefects } from './performance/growth.ts';
import { kindDefects } from './performance/kinds.ts';
import { slowDefects } from './performance/slow.ts';
import { resourceDefects } from './resources/leaks.ts';
import { bodyDefects } from './robustness/bodies.ts';
import { claimTypeDefects } from './robustness/claims.ts';
import { clientDefects } from './robustness/clients.ts';
import { connectionDefects } from './robustness/connections.ts';
import { framingDefects } from './robustness/framing.ts';
import { hostileDefects } from './robustness/hostile.ts';
import { httpDefects } from './robustness/http.ts';
import { issuerDefects } from './robustness/issuer.ts';
import { issuerAnswerDefects } from './robustness/issuer-answers.ts';
import { forgeryDefects } from './security/forgeries.ts';
import { hostDefects } from './security/hosts.ts';
import { leakDefects } from './security/leaks.ts';
import { lookupDefects } from './security/lookups.ts';
import { memberDefects } from './security/members.ts';
import { claimDefects, signatureDefects } from './security/tokens.ts';
import { webDefects } from './security/web.ts';
import { accountDefects } from './shape/accounts.ts';
import { answerDefects } from './shape/answers.ts';
import { darkDefects } from './shape/dark.ts';
import { modelDefects } from './shape/models.ts';
import { profileDefects } from './shape/profile.ts';
import { refusalDefects } from './shape/refusals.ts';
import { requestDefects } from './shape/requests.ts';
import { cacheDefects } from './state/caches.ts';
import { changeDefects } from './state/changes.ts';
import { codingDefects } from './state/codings.ts';
import { comebackDefects } from './state/comebacks.ts';
import { crowdDefects } from './state/crowds.ts';
import { listDefects } from './state/lists.ts';
import { lifeDefects } from './state/lives.ts';
import { timeDefects } from './state/times.ts';

const byClass: Readonly<Record<DefectClass, readonly Defect[]>> = {
  shape: [
    ...profileDefects,
    ...answerDefects,
    ...refusalDefects,
    ...requestDefects,
    ...darkDefects,
    ...accountDefects,
    ...modelDefects,
  ],
  state: [
    ...cacheDefects,
    ...listDefects,
    ...changeDefects,
    ...crowdDefects,
    ...lifeDefects,
    ...timeDefects,
    ...codingDefects,
    ...comebackDefects,
  ],
  identity: [...subjectDefects, ...identityProfileDefects, ...peopleDefects, ...keyDefects],
  concurrency: [...raceDefects, ...lockDefects, ...stormDefects],
  durability: [...saveDefects, ...startDefects, ...restartDefects, ...readBackDefects],
  security: [
    ...signatureDefects,
    ...claimDefects,
    ...forgeryDefects,
    ...webDefects,
    ...hostDefects,
    ...lookupDefects,
    ...memberDefects,
    ...leakDefects,
  ],
  robustness: [
    ...hostileDefects,
    ...httpDefects,
    ...issuerDefects,
    ...issuerAnswerDefects,
    ...connectionDefects,
    ...clientDefects,
    ...bodyDefects,
    ...framingDefects,
    ...claimTypeDefects,
  ],
  performance: [...slowDefects, ...errorDefects, ...growthDefects, ...kindDefects],
  resources: resourceDefects,
};

/** Every seeded fault of the reference provider, with its class. */
export const defects: readonly (Defect & { readonly class: DefectClass })[] = Object.entries(byClass).flatMap(
  ([name, entries]) => entries.map((defect) => ({ ...defect, class: name as DefectClass })),
);
