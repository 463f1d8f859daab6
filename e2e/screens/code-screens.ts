import type { CodeReceiver, CodeSend } from '@enxame/shared/engine/code';
import { makeCodeReceive, makeCodeSend } from '../../apps/desktop/src/renderer/testing/scenario-codes.js';
import { goTo, type Screen } from './screen.js';
import { expect } from './screen-test.js';

const receiver = (number: number, change: Partial<CodeReceiver>): CodeReceiver => ({
  number,
  state: 'moving',
  verifier: '3f2a91bc77d0e45512ab34cd56ef7890',
  personName: null,
  way: 'swarm',
  bytesDone: 25_500_000_000,
  bytesPerSecond: 9_400_000,
  path: 'direct',
  startedAt: Date.now() - 1_700_000,
  error: null,
  ...change,
});

/** One of each state, as a sender sees them. */
export const busySend = (): CodeSend =>
  makeCodeSend('7-abelha-vinho', {
    wrongLeft: 4,
    receiverCount: 5,
    receivers: [
      receiver(1, { state: 'received', personName: 'Marina Souza', path: 'lan', bytesDone: 41_200_000_000 }),
      receiver(2, { personName: 'Rafael Lima', bytesDone: 41_200_000_000 }),
      receiver(3, {}),
      receiver(4, { state: 'failed', way: 'plain', path: 'relay', error: { code: 'other-side-left', params: {} } }),
      receiver(5, { state: 'deciding', path: null, bytesDone: 0 }),
    ],
  });

/** Sending to somebody who says a code, and receiving by one. */
export const codeScreens: readonly Screen[] = [
  {
    name: 'send-new',
    go: async (page) => {
      await goTo(page, 'send');
      await expect(page.getByRole('main').getByRole('combobox').first()).toBeVisible();
    },
  },
  {
    name: 'send-code',
    go: async (page, { engine }) => {
      const offer = { kind: 'text', name: '', size: 40, files: null } as const;
      await goTo(page, 'send');
      engine.setCodes({ sends: [makeCodeSend('3-vila-abrigo', { state: 'ended', offer }), busySend()] });
      await expect(page.getByRole('progressbar').first()).toBeVisible();
    },
  },
  {
    name: 'send-ended',
    go: async (page, { engine }) => {
      await goTo(page, 'send');
      engine.setCodes({ sends: [makeCodeSend('7-abelha-vinho', { state: 'ended', keep: false })] });
      await expect(page.getByRole('complementary').last()).toBeVisible();
    },
  },
  {
    name: 'receive-typing',
    again: true,
    go: async (page) => {
      await goTo(page, 'send/receive');
      await page.getByRole('main').getByRole('combobox').fill('7-ab');
      await expect(page.getByRole('option')).toHaveCount(3);
    },
  },
  {
    name: 'receive-offers',
    go: async (page, { engine }) => {
      await goTo(page, 'send/receive');
      engine.setCodes({
        receives: [
          makeCodeReceive('4-vila-abacate', {
            state: 'failed',
            offer: null,
            error: { code: 'code-wrong', params: {} },
          }),
          makeCodeReceive('9-abrigo-vinheta', {
            state: 'moving',
            bytesDone: 9_000_000_000,
            bytesPerSecond: 48_000_000,
            path: 'lan',
          }),
          makeCodeReceive('7-abelha-vinho', { freeBytes: 20_000_000_000, personName: null }),
        ],
      });
      await expect(page.getByText('7-abelha-vinho').first()).toBeVisible();
    },
  },
  {
    name: 'receive-done',
    go: async (page, { engine }) => {
      await goTo(page, 'send/receive');
      engine.setCodes({
        receives: [
          makeCodeReceive('3-vila-abrigo', { state: 'refused' }),
          makeCodeReceive('9-abrigo-vinheta', {
            state: 'received',
            savedAs: '/home/ana/Enxame/discurso.mp4',
            sha256: '9f2c41d7'.repeat(8),
          }),
          makeCodeReceive('7-abelha-vinho', {
            state: 'received',
            offer: { kind: 'text', name: '', size: 52, files: null },
            text: 'The door code is 4711.\nThe key is under the second flowerpot.',
          }),
        ],
      });
      await expect(page.getByText('4711')).toBeVisible();
    },
  },
  {
    name: 'receive-choose',
    again: true,
    go: async (page, { engine }) => {
      await goTo(page, 'send/receive');
      engine.setCodes({ receives: [makeCodeReceive('7-abelha-vinho')] });
      await page.getByRole('button', { name: /^(Choose files|Escolher arquivos)$/ }).click();
      await expect(page.getByRole('checkbox').nth(5)).toBeEnabled();
    },
  },
];
