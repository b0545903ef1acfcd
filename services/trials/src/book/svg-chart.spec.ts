import { lineChart, roundTop, stackedChart } from './svg-chart.js';

const CHART = {
  title: 'Late & "bad" <loans>',
  labels: ['2026-01', '2026-02', '2026-03'],
  series: [
    { name: 'M1', values: [10, 20, 0] },
    { name: 'M2', values: [null, 5, 10] },
  ],
};

test.each([
  [0, 1],
  [0.3, 0.5],
  [1, 1],
  [13, 20],
  [99, 100],
  [100, 100],
  [101, 200],
])('the axis for a most of %s ends at %s', (most, top) => {
  expect(roundTop(most)).toBeCloseTo(top, 10);
});

test('columns stand on each other, and nothing is drawn for nothing', () => {
  const svg = stackedChart(CHART);
  const columns = [...svg.matchAll(/<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"/g)].map(([, y, height]) => [Number(y), Number(height)]);
  // Most is 25, so the axis ends at 50: 364 points of height.
  expect(columns.filter(([, height]) => height! > 12).map(([y, height]) => [Math.round(y!), Math.round(height!)])).toEqual([
    [347, 73],
    [274, 146],
    [238, 36],
    [347, 73],
  ]);
});

test('a value that is not known leaves a gap in a line, and words are text', () => {
  const svg = lineChart(CHART);
  expect([...svg.matchAll(/<path d="([^"]*)"/g)].map(([, path]) => path!.replaceAll(/[\d. ]+/g, ''))).toEqual(['MLL', 'ML']);
  expect(svg).toContain('Late &amp; &quot;bad&quot; &lt;loans&gt;');
});
