/** One line of a chart; a value that is not known leaves a gap. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** A chart of per cent over steps of time. */
export interface Chart {
  readonly title: string;
  /** Under the axis; one for each value. */
  readonly labels: readonly string[];
  readonly series: readonly Series[];
}

const WIDTH = 960;
const HEIGHT = 480;
const PLOT = { left: 64, right: 760, top: 56, bottom: 420 } as const;
const COLOURS = ['#1b6ca8', '#f2a541', '#d1495b', '#66a182', '#8d6a9f', '#2e4057', '#b56576', '#6c757d'];
const LINES = 5;
const MOST_LABELS = 12;

const escapeXml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' })[character]!);
const at = (value: number): string => value.toFixed(1);
const colourOf = (index: number): string => COLOURS[index % COLOURS.length]!;

function text(x: number, y: number, words: string, more = ''): string {
  return `<text x="${at(x)}" y="${at(y)}" ${more}>${escapeXml(words)}</text>`;
}

/** A round number at or above the most, so that the lines of the grid stand at round numbers too. */
export function roundTop(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= most)!;
}

function frame({ title, labels, series }: Chart, top: number, xOf: (index: number) => number): string[] {
  const grid = Array.from({ length: LINES + 1 }, (_, line) => {
    const y = PLOT.bottom - ((PLOT.bottom - PLOT.top) * line) / LINES;
    const value = Number(((top * line) / LINES).toPrecision(3));
    return `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${at(y)}" y2="${at(y)}" stroke="#ddd"/>${text(PLOT.left - 8, y + 4, `${value}%`, 'text-anchor="end"')}`;
  });
  const every = Math.ceil(labels.length / MOST_LABELS);
  const axis = labels.map((label, index) => (index % every === 0 ? text(xOf(index), PLOT.bottom + 20, label, 'text-anchor="middle"') : ''));
  const legend = series.map(({ name }, index) => {
    const y = PLOT.top + index * 20;
    return `<rect x="${PLOT.right + 24}" y="${y}" width="12" height="12" fill="${colourOf(index)}"/>${text(PLOT.right + 44, y + 11, name)}`;
  });
  return [text(PLOT.left, 28, title, 'font-size="18"'), ...grid, ...axis, ...legend];
}

function svg(parts: readonly string[]): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`;
  return `${[head, `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`, ...parts.filter((part) => part !== ''), '</svg>'].join('\n')}\n`;
}

const yOf = (value: number, top: number): number => PLOT.bottom - ((PLOT.bottom - PLOT.top) * value) / top;

/** Lines over time. */
export function lineChart(chart: Chart): string {
  const top = roundTop(Math.max(0, ...chart.series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const steps = Math.max(1, chart.labels.length - 1);
  const xOf = (index: number): number => PLOT.left + ((PLOT.right - PLOT.left) * index) / steps;
  const lines = chart.series.map(({ values }, index) => {
    let isDrawn = false;
    const path = values.map((value, step) => {
      const move = isDrawn ? 'L' : 'M';
      isDrawn = value !== null;
      return value === null ? '' : `${move}${at(xOf(step))} ${at(yOf(value, top))}`;
    });
    return `<path d="${path.join('')}" fill="none" stroke="${colourOf(index)}" stroke-width="2"/>`;
  });
  return svg([...frame(chart, top, xOf), ...lines]);
}

/** Columns over time, each of the parts on the one before. */
export function stackedChart(chart: Chart): string {
  const { labels, series } = chart;
  const top = roundTop(Math.max(0, ...labels.map((_, step) => series.reduce((sum, { values }) => sum + (values[step] ?? 0), 0))));
  const width = (PLOT.right - PLOT.left) / Math.max(1, labels.length);
  const xOf = (index: number): number => PLOT.left + width * (index + 0.5);
  const columns = labels.flatMap((_, step) => {
    let below = 0;
    return series.map(({ values }, index) => {
      const value = values[step] ?? 0;
      below += value;
      const height = yOf(0, top) - yOf(value, top);
      if (value === 0) return '';
      return `<rect x="${at(xOf(step) - width * 0.4)}" y="${at(yOf(below, top))}" width="${at(width * 0.8)}" height="${at(height)}" fill="${colourOf(index)}"/>`;
    });
  });
  return svg([...frame(chart, top, xOf), ...columns]);
}
