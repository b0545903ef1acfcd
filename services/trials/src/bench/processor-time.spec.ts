import { parseStat, processorSeconds, timeOfTree } from './processor-time.js';

test('a line of the kernel is read whatever the program is called', () => {
  const line = '4242 (postgres: a) (b) S 17 4242 4242 0 -1 4194560 100 0 0 0 150 50 30 20 20 0 1 0 1000 0';
  expect(parseStat(line)).toEqual({ pid: 4242, parent: 17, seconds: 2.5 });
});

test('a tree is the program and all that it started', () => {
  const processes = [
    { pid: 1, parent: 0, seconds: 10 },
    { pid: 2, parent: 1, seconds: 1 },
    { pid: 3, parent: 2, seconds: 0.5 },
    { pid: 4, parent: 9, seconds: 100 },
  ];
  expect(timeOfTree(processes, 1)).toBe(11.5);
  expect(timeOfTree(processes, 77)).toBe(0);
});

test('this process has used some time, where the system tells', () => {
  const seconds = processorSeconds(process.pid);
  if (seconds !== undefined) expect(seconds).toBeGreaterThan(0);
});
