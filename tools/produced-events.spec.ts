import { allEventClasses, TASK_EVENTS } from '@millrace/contracts';
import { producedFaults } from './produced-events.js';
import { serviceDefinitions } from './service-definitions.js';
import { listFiles } from './source-tree.js';

// Goal: an event that somebody makes and forgets to declare is named, and so is one that is declared where nobody makes it.
const files = listFiles().filter(({ path }) => path.startsWith('services/'));
const shared = new Set(TASK_EVENTS.map(({ name }) => name));
const events = allEventClasses()
  .map(({ name }) => name)
  .filter((name) => !shared.has(name));
const definitions = await serviceDefinitions();

test.each(definitions)('the events that $name makes are those that its capabilities say', ({ name, capabilities }) => {
  expect(producedFaults(name, capabilities, files, events)).toEqual([]);
});

test('an event that is made and not said, and one that is said and not made, are named with their folder', () => {
  const tree = [
    { path: 'services/hub/src/offer/make.ts', text: 'tx.emit(new OfferIssued({ id }));' },
    { path: 'services/hub/src/offer/make.spec.ts', text: 'new OfferDeclined({})' },
    { path: 'services/hub/src/contract/sign.ts', text: '' },
  ];
  const capabilities = [{ name: 'offer' }, { name: 'contract', produces: [{ name: 'OfferIssued' }] }];
  expect(producedFaults('hub', capabilities, tree, ['OfferIssued', 'OfferDeclined'])).toEqual([
    'hub/offer makes OfferIssued, which is not in its produces',
    'hub/contract has OfferIssued in its produces and does not make it',
  ]);
});
