/** Tells the parent process over Node's IPC channel; nothing happens where there is none, or it ends meanwhile. */
export const tellParent = (message: object): void => {
  // Without a callback a parent that ended a moment ago is an unhandled error, and this process would end as a crash.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};
