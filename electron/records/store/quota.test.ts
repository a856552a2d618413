import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evictAbove, picturesQuotaOf, quotaOf } from './quota.ts';

const bytes = fc.integer({ min: 0, max: 2 ** 45 });

describe('the quota of the records', () => {
  it('is what is allowed, where the disk is large', () => {
    expect(quotaOf({ fileBytes: 1e9, freeBytes: 100e9, totalBytes: 200e9, allowedBytes: 16e9 })).toBe(16e9);
  });

  it('never takes the last of the disk, and never more than is allowed', () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, (fileBytes, freeBytes, otherBytes, allowedBytes) => {
        const totalBytes = fileBytes + freeBytes + otherBytes;
        const quota = quotaOf({ fileBytes, freeBytes, totalBytes, allowedBytes });
        expect(quota).toBeLessThanOrEqual(allowedBytes);
        if (quota > 0)
          expect(fileBytes + freeBytes - quota).toBeGreaterThanOrEqual(Math.min(512 * 1024 ** 2, totalBytes * 0.2) - 1);
      }),
    );
  });
});

describe('the quota of the pictures', () => {
  it('is what is allowed, where the disk is large', () => {
    const disk = { freeBytes: 100e9, totalBytes: 200e9 };
    expect(picturesQuotaOf({ ...disk, picturesBytes: 1e9, recordsBytes: 1e9, allowedBytes: 2e9 })).toBe(2e9);
  });

  it('leaves the records so much that none of them goes while a picture lies there', () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, (picturesBytes, recordsBytes, freeBytes, otherBytes) => {
        const totalBytes = picturesBytes + recordsBytes + freeBytes + otherBytes;
        const disk = { totalBytes, allowedBytes: Number.MAX_SAFE_INTEGER };
        const left = picturesQuotaOf({ ...disk, picturesBytes, recordsBytes, freeBytes });
        if (left === 0) return;
        const records = quotaOf({ ...disk, fileBytes: recordsBytes, freeBytes: freeBytes + picturesBytes - left });
        expect(recordsBytes).toBeLessThanOrEqual(evictAbove * records);
      }),
    );
  });
});
