import fc from 'fast-check';
import { isCalendarDay, isInstant } from './calendar.js';
import { isMobileNumber, isValidResidentId, isValidUscc, residentIdCheckCharacter, usccCheckCharacter } from './identifiers.js';

test.each(['91990100MA0TE00010', '91990100MA0TE00023', '91990100MA0TE00036'])('R-OP-04: the synthetic code %s is right', (code) => {
  expect(isValidUscc(code)).toBe(true);
});

test('R-OP-04: one wrong character is found, wherever it stands', () => {
  const code = '91990100MA0TE00010';
  for (let at = 0; at < code.length; at++) {
    const other = code[at] === '7' ? '8' : '7';
    expect(isValidUscc(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
  }
});

test.each(['', '91990100MA0TE0001', '91990100MA0TE000100', '91990100MA0TE0001I', '91990100ma0te00010'])('"%s" is no unified social credit code', (code) => {
  expect(isValidUscc(code)).toBe(false);
});

test('a body of the right structure and its check character are valid together', () => {
  const character = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY');
  const start = fc.constantFrom('91110108', '92310000', '93990100', '12100000', '52440300', '31650100', 'N2370100', 'Y1820000', 'A1110000');
  fc.assert(
    fc.property(start, fc.array(character, { minLength: 9, maxLength: 9 }), (head, tail) => {
      const body = head + tail.join('');
      return isValidUscc(body + usccCheckCharacter(body));
    }),
  );
});

test.each(['000000000000000000', '990101197001010618', '91ABCDEFMA0TE00013'])(
  'F21: %s has a right check character, and can be no unified social credit code',
  (code) => {
    expect(usccCheckCharacter(code.slice(0, 17))).toBe(code[17]);
    expect(isValidUscc(code)).toBe(false);
  },
);

test('F21: an unknown authority, a kind that it does not register, letters in the region and a region that there is not are all found', () => {
  for (const start of ['B1110108', '01110108', '94110108', '99110108', '2Y110108', '9111010A', '91000000', '91660101']) {
    const body = `${start}MA0TE0001`;
    expect(isValidUscc(`${body}${usccCheckCharacter(body)}`)).toBe(false);
  }
});

test.each(['91110000100003962T', '91310000132200821H', '12100000400000624B'])('F21: a code as registries give it is right: %s', (code) => {
  const body = code.slice(0, 17);
  expect(isValidUscc(`${body}${usccCheckCharacter(body)}`)).toBe(true);
});

test('T63: a resident id of which any one digit is wrong is found', () => {
  const id = '990101199001010019';
  for (let at = 0; at < id.length; at++) {
    const other = id[at] === '7' ? '8' : '7';
    expect(isValidResidentId(id.slice(0, at) + other + id.slice(at + 1))).toBe(false);
  }
});

test('T03: a mobile number has 11 digits and begins with 13 to 19', () => {
  expect(['13900000001', '19999999999'].every(isMobileNumber)).toBe(true);
  expect(['12900000001', '1390000000', '139000000011', '03900000001', '+8613900000001', ''].some(isMobileNumber)).toBe(false);
});

test.each(['2019-02-31', '2026-06-31', '0000-01-01', '9999-12-31', '2026-13-01', '2026-00-10', '2026-1-1', '2026-01-01T00:00:00Z', '1899-12-31', ''])(
  'F15: "%s" is no day of the calendar',
  (text) => expect(isCalendarDay(text)).toBe(false),
);

test('F15: days and instants of the calendar pass; an instant needs its zone and a day that there is', () => {
  expect(['2024-02-29', '1900-01-01', '2026-12-31'].every(isCalendarDay)).toBe(true);
  expect(['2026-03-02T01:00:00Z', '2026-03-02T09:00:00.123+08:00'].every(isInstant)).toBe(true);
  expect(['2026-02-30T01:00:00Z', '2026-03-02T01:00:00', '2026-03-02', '2026-03-02T24:00:00Z', '9999-12-31T00:00:00Z', 'x'].some(isInstant)).toBe(false);
});

test('R-OP-04: the synthetic resident id is right; a swapped pair, a wrong check and an impossible birthday are not', () => {
  expect(isValidResidentId('990101199001010019')).toBe(true);
  expect(isValidResidentId('990101199001010091')).toBe(false);
  expect(isValidResidentId('990101199001010018')).toBe(false);
  expect(isValidResidentId(`99010119900230001${residentIdCheckCharacter('99010119900230001')}`)).toBe(false);
  expect(isValidResidentId('')).toBe(false);
});
