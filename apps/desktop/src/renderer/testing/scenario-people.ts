import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { KnownPerson, personCalls } from '@enxame/shared/engine/person-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { UserId } from '@enxame/shared/ids';
import type { ScenarioEngine } from './scenario.js';

type Scenario = Pick<ScenarioEngine, 'people' | 'broadcast' | 'catalogue'>;

/** What is asked about people; a blocked person's rows are not shown, as an engine does it. */
export function createPersonCalls(scenario: Scenario): Pick<EngineHandlers, keyof typeof personCalls> {
  function change(id: UserId, part: Partial<KnownPerson>): Record<string, never> {
    if (!scenario.people.some((person) => person.id === id)) throw new EnxameError('not-found');
    scenario.people = scenario.people.map((person) => (person.id === id ? { ...person, ...part } : person));
    scenario.broadcast('people:changed', { total: scenario.people.length, people: scenario.people });
    return {};
  }
  return {
    'people:list': () => ({ total: scenario.people.length, people: scenario.people }),
    'person:words': () => ({ words: 'trigo-farol-abelha-vinho-41' }),
    'person:verify': ({ id, verified }) =>
      change(id, { verifiedAt: verified ? Date.now() : null, ...(verified && { keyChanged: false }) }),
    'person:block': ({ id, blocked }) => {
      const done = change(id, { blocked });
      scenario.catalogue.hidden = new Set(
        scenario.people.filter((person) => person.blocked).map((person) => person.id),
      );
      scenario.catalogue.tell();
      return done;
    },
    'person:note': ({ id, note }) => change(id, { note }),
    'people:blocked': () => ({
      people: scenario.people
        .filter(({ blocked }) => blocked)
        .map(({ id, name }) => ({ id, name, blockedAt: Date.now() - 86_400_000 })),
    }),
  };
}
