/**
 * On a fast line rejects come faster than anyone can look: the list is renewed at most this often, so that a card stays
 * under the finger that reaches for it.
 */
export const calmMs = 2500;

/** Whether the list on the screen gives way to the newer one. */
export const mayRenew = (renewedAtMs: number, isHeld: boolean, nowMs: number): boolean =>
  !isHeld && nowMs - renewedAtMs >= calmMs;
