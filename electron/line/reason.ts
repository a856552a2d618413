import { faultReasons, type Verdict } from '../contract/verdict.ts';
import type { ModelInUse } from '../contract/frame.ts';

/**
 * A verdict's reason as a number for the PLC (`ResultReason`): 0 good, 1 low confidence, 100 + label index for a defect,
 * 1000 + index in `faultReasons` for an error.
 */
export const reasonCode = (verdict: Verdict, labels: ModelInUse['labels']): number => {
  switch (verdict.kind) {
    case 'ok':
      return 0;
    case 'unsure':
      return 1;
    case 'nok':
      return (
        100 +
        Math.max(
          0,
          labels.findIndex((label) => label.name === verdict.reason),
        )
      );
    case 'error':
      return (
        1000 +
        Math.max(
          0,
          faultReasons.findIndex((reason) => reason === verdict.reason),
        )
      );
  }
};
