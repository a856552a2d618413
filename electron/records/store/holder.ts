import { PersonError } from '../../base/errors.ts';
import { faultOf, type StoreFault } from './fault.ts';
import { lockStore } from './lock.ts';
import { openStore, type Store, type StoreOptions } from './store.ts';

/** A disk that refuses is asked again so often. */
const retryMs = 500;

/** A store that may not be open at the moment. */
export interface StoreHolder {
  /** Resolves when the store is open for the first time. */
  opened: Promise<void>;
  isOpen(): boolean;
  /** Why nothing can be kept, `null` while it can. */
  fault(): StoreFault | null;
  /** Reads from the open store, or does what may fail; throws while there is none. */
  use<T>(what: (store: Store) => T): T;
  /** Writes what must be kept: a failure is a fault until a write succeeds. */
  write<T>(what: (store: Store) => T): T;
  /** Closes the file, and opens it again as a damaged one when that was found. */
  reopen(why: unknown): void;
  close(): void;
}

interface Options extends StoreOptions {
  onFault(fault: StoreFault): void;
}

/**
 * Holds the store of this process: it opens as soon as the disk allows, and is opened anew after a fault that leaves it
 * unknown what is on disk; a file that turns out to be damaged is replaced then (`openWhole.ts`).
 *
 * What must hold: between a failed write and the next opening, which flushes all that can be read to the disk, nothing
 * is kept and so nothing acknowledged (faults #42). The lock is held throughout. Throws {@link PersonError} at once when
 * the records belong to another process or a newer program.
 */
export const holdStore = ({ onFault, ...options }: Options): StoreHolder => {
  const { promise: opened, resolve: tellOpened } = Promise.withResolvers<void>();
  let lock: { release(): void } | null = null;
  let store: Store | null = null;
  let fault: StoreFault | null = null;
  let retry: NodeJS.Timeout | undefined;
  /** A flush has failed since the file was opened: what can be read may not be on the disk. */
  let isUnsure = false;
  /** The open file was found to be damaged, where a quick check may not see it. */
  let damage: string | undefined;

  const fail = (error: unknown): StoreFault => {
    const found = faultOf(error, options.file);
    if (fault?.message !== found.message) onFault(found);
    fault = found;
    isUnsure ||= found.kind === 'io';
    if (found.kind === 'damaged') damage = found.message;
    return found;
  };
  const open = (): void => {
    try {
      lock ??= lockStore(options.file);
      store = openStore({ ...options, mustFlush: isUnsure, ...(damage === undefined ? {} : { damage }) });
      fault = null;
      isUnsure = false;
      damage = undefined;
      tellOpened();
    } catch (error) {
      if (error instanceof PersonError && retry === undefined) throw error;
      fail(error);
      retry = setTimeout(open, retryMs);
    }
  };
  const shut = (): void => {
    const closing = store;
    store = null;
    try {
      closing?.close();
    } catch {
      // The disk that failed a write may fail this as well; what is on it is looked at when it is opened.
    }
  };
  const reopen = (why: unknown): void => {
    fail(why);
    shut();
    clearTimeout(retry);
    retry = setTimeout(open, 0);
  };

  const need = (): Store => {
    if (store === null) throw new Error(`the records are not open: ${fault?.message ?? 'closed'}`);
    return store;
  };
  /** What a failure says of the file: after most of them it is opened anew. */
  const judge = (error: unknown, isWriting: boolean): void => {
    const { kind } = faultOf(error);
    if (kind !== 'full' && kind !== 'other') reopen(error);
    else if (isWriting) fail(error);
  };

  open();
  return {
    opened,
    isOpen: () => store !== null,
    fault: () => fault,
    reopen,
    use(what) {
      const current = need();
      try {
        return what(current);
      } catch (error) {
        judge(error, false);
        throw error;
      }
    },
    write(what) {
      const current = need();
      try {
        const result = what(current);
        fault = null;
        return result;
      } catch (error) {
        judge(error, true);
        throw error;
      }
    },
    close() {
      clearTimeout(retry);
      shut();
      lock?.release();
    },
  };
};
