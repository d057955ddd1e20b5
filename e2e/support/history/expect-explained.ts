import { Undecided } from '../cannot-tell.ts';
import { Unsatisfied } from '../unsatisfied.ts';
import { type Event, explain } from './explain.ts';
import type { History } from './history.ts';
import { tell, type UserOperation, usersModel, type Who } from './users-model.ts';

/** A report shows this many of the events up to the answer that cannot be explained. */
const SHOWN_EVENTS = 16;

/** Some order of the requests must explain all answers about each of these people, each person by itself. */
export function expectExplainedEach(history: History, people: readonly Who[]): void {
  for (const who of people) expectExplained(history.of(who), [who], history);
}

/**
 * Some order of the requests must explain all answers about all of these people at once. What a disconnect answers is left
 * out: it may rightly have read before it removed.
 */
export function expectExplainedTogether(history: History, people: readonly Who[]): void {
  const isAside = (event: Event<UserOperation>) =>
    event.kind !== 'crash' && event.operation.kind === 'snapshot' && event.operation.of === 'disconnect';
  expectExplained(
    history.events.filter((event) => !isAside(event)),
    people,
    history,
  );
}

function expectExplained(events: readonly Event<UserOperation>[], people: readonly Who[], { idsOf }: History): void {
  const crashes = events.some(({ kind }) => kind === 'crash');
  const explanation = explain(events, usersModel(people, idsOf, crashes));
  if (explanation.kind === 'explained') return;
  if (explanation.kind === 'undecided') {
    throw new Undecided(`the history has too many orders to try (${explanation.configurations} at once)`);
  }
  const { operation } = explanation;
  const tellEvent = (event: Event<UserOperation>) =>
    event.kind === 'crash' ? 'crash' : `${event.kind}: ${tell(event.operation, idsOf, people)}`;
  const end = events.findIndex((event) => event.kind === 'answer' && event.operation === operation) + 1;
  const shown = events.slice(Math.max(0, end - SHOWN_EVENTS), end).map(tellEvent);
  throw new Unsatisfied(
    `an order of the requests that explains every answer about ${people.join(', ')}`,
    `none explains "${tell(operation, idsOf, people)}" after\n${shown.join('\n')}`,
  );
}
