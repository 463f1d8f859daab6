import { expect, it } from 'vitest';
import { userIdSchema } from '../ids.js';
import { toDoctorText } from './doctor-text.js';

it('a report says what was found, and nothing of anybody', () => {
  const text = toDoctorText(
    {
      running: false,
      checkedAt: 0,
      checks: [
        { id: 'router', state: 'warn', facts: { router: 'silent', host: '192.168.1.42', port: 41_820 }, error: null },
        { id: 'disk', state: 'fail', facts: {}, error: { code: 'disk-full', params: { folder: '/home/ana' } } },
      ],
      paths: [
        {
          userId: userIdSchema.parse('a'.repeat(52)),
          userName: 'Tomás',
          state: 'reached',
          path: 'relay',
          delayMs: 86.04,
          ways: [{ path: 'direct', outcome: 'silent' }],
          error: null,
        },
      ],
    },
    '1.2.3',
  );
  expect(text).toBe(
    [
      'Enxame 1.2.3, connection report',
      'checked: 1970-01-01T00:00:00.000Z',
      'router: warn router=silent port=41820',
      'disk: fail error=disk-full',
      'person 1: reached path=relay delayMs=86.0 direct:silent',
    ].join('\n'),
  );
});
