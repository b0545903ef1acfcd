/** Intercept first, then one coefficient per column. */
export type Coefficients = readonly number[];

const MOST_STEPS = 100;
const SETTLED = 1e-10;

function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const head = rows[column]!;
    if (head[column] === 0) throw new Error('the regression has no unique solution');
    for (let row = column + 1; row < size; row += 1) {
      const factor = rows[row]![column]! / head[column]!;
      for (let at = column; at <= size; at += 1) rows[row]![at]! -= factor * head[at]!;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = rows[row]![size]!;
    for (let at = row + 1; at < size; at += 1) rest -= rows[row]![at]! * solution[at]!;
    solution[row] = rest / rows[row]![row]!;
  }
  return solution;
}

/** Log odds of bad of one case. */
export function logOddsOf(coefficients: Coefficients, columns: readonly number[]): number {
  return columns.reduce((sum, value, at) => sum + value * coefficients[at + 1]!, coefficients[0]!);
}

/**
 * Logistic regression of `bad` (an outcome, or a chance of one) by Newton's method; `penalty` is twice the weight of Σβ² in the
 * loss, the intercept left out. Starts at zero and has one optimum, so it gives the same coefficients each time.
 */
export function fitRidgeLogistic(rows: readonly (readonly number[])[], bad: readonly (boolean | number)[], penalty: number): Coefficients {
  const size = (rows[0]?.length ?? 0) + 1;
  let coefficients = new Array<number>(size).fill(0);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const gradient = coefficients.map((value, at) => (at === 0 ? 0 : -penalty * value));
    const hessian = coefficients.map((_, at) => coefficients.map((__, other) => (at === other && at > 0 ? penalty : 0)));
    rows.forEach((columns, at) => {
      const chance = 1 / (1 + Math.exp(-logOddsOf(coefficients, columns)));
      const full = [1, ...columns];
      const miss = Number(bad[at]) - chance;
      const weight = chance * (1 - chance);
      full.forEach((value, row) => {
        gradient[row]! += miss * value;
        full.forEach((other, column) => (hessian[row]![column]! += weight * value * other));
      });
    });
    const move = solve(hessian, gradient);
    coefficients = coefficients.map((value, at) => value + move[at]!);
    if (move.every((value) => Math.abs(value) < SETTLED)) return coefficients;
  }
  throw new Error('the regression did not settle');
}
