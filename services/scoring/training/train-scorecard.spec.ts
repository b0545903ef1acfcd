import { seededRandom } from '@millrace/metrics';
import { parseScorecard } from '../src/scorecard/load-scorecard.js';
import { carryOver } from './carry-over.js';
import { percentileScale, standingOf } from './percentile-scale.js';
import type { TrainingFirm } from './read-firms.js';
import { apparentFigures, planOf, trainScorecard } from './train-scorecard.js';

const { plan } = planOf('sme-invoice-v1');

function madeUpFirms(sign: 1 | -1): TrainingFirm[] {
  const random = seededRandom(11);
  return Array.from({ length: 90 }, (_, at) => {
    const quality = random();
    const blur = (): number => quality * sign + 0.3 * random();
    const inputs = {
      revenue36mYuan: 1e6 * blur(),
      grossMargin12m: blur(),
      salesVariability36m: 3 - blur(),
      monthsObserved36m: 36 * blur(),
      salesMonthsSinceLast: 6 - 5 * blur(),
    };
    return { firmId: `F${at}`, defaulted: at >= 70 ? null : random() < 0.6 - quality / 2, inputs, rowCount: 1, badRowCount: 0 };
  });
}

test('training twice gives the same artefact, which its own reader accepts', () => {
  const [first, second] = [trainScorecard(madeUpFirms(1), '2020-02', plan), trainScorecard(madeUpFirms(1), '2020-02', plan)];
  expect(JSON.stringify(first.scorecard)).toBe(JSON.stringify(second.scorecard));
  expect(parseScorecard(JSON.stringify(first.scorecard)).sha256).toBe(first.scorecard.sha256);
  expect(apparentFigures(first).auc).toBeGreaterThan(0.6);
  expect(first.crossValidation.auc.low).toBeLessThan(first.crossValidation.auc.value);
});

test('data that contradict an expected sign stop the training', () => {
  expect(() => trainScorecard(madeUpFirms(-1), '2020-02', plan)).toThrow('contradict');
});

test('a scale runs from the worst to the best, and the unknown stands with the worst', () => {
  const values = Array.from({ length: 101 }, (_, at) => at);
  const [higher, lower] = [percentileScale(values, 'higher'), percentileScale(values, 'lower')];
  expect(standingOf(higher, 50)).toBeCloseTo(0, 2);
  expect(standingOf(higher, 1000)).toBeGreaterThan(0.49);
  expect(standingOf(lower, 1000)).toBeLessThan(-0.49);
  expect(standingOf(lower, null)).toBe(standingOf(lower, 1000));
});

test('a card that carries points over scores as the first one does, names itself and states the figures of its own features', () => {
  const first = trainScorecard(madeUpFirms(1), '2020-02', plan);
  const second = carryOver(first, madeUpFirms(1), planOf().plan);
  expect(parseScorecard(JSON.stringify(second.scorecard))).toMatchObject({ id: 'sme-invoice-v2', training: { featureSet: 2, pointsOf: 'sme-invoice-v1' } });
  expect(second.scores.map(({ score }) => score)).toEqual(first.scores.map(({ score }) => score));
  expect(second.scorecard.sha256).not.toBe(first.scorecard.sha256);
});
