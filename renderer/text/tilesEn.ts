/** English words of the tiles: camera, PLC and gate, model, MES. `tilesDe.ts` has the same shape. */
export const tilesEn = {
  camera: 'Camera',
  plc: 'PLC and gate',
  mes: 'MES',
  model: 'Model',
  unknown: 'unknown',
  meanwhile: 'Meanwhile',
  toDo: 'To do',
  lastKnown: 'State unknown: the inspection does not report.',
  cameraWord: { opening: 'opening', running: 'running', ended: 'at its end', lost: 'lost' },
  cameraTrouble: {
    opening: { what: 'The camera is being opened.', meanwhile: 'The fail-safe applies.', toDo: 'Wait a few seconds.' },
    ended: {
      what: 'The recording is at its end.',
      meanwhile: 'Nothing is inspected any more.',
      toDo: 'Start the station again.',
    },
    lost: {
      what: 'The camera gives no frames.',
      meanwhile: 'It is tried again; the fail-safe applies.',
      toDo: 'Check cable, power and light.',
    },
  },
  plcWord: { connecting: 'not connected', connected: 'connected', stale: 'no sign of life', refused: 'refused' },
  plcTrouble: {
    connecting: {
      what: 'The PLC does not answer.',
      meanwhile: 'It applies its fail-safe by itself.',
      toDo: 'Check the PLC and its network.',
    },
    stale: {
      what: 'Its heartbeat is missing.',
      meanwhile: 'It applies its fail-safe by itself.',
      toDo: 'Check that the PLC is in RUN.',
    },
    refused: {
      what: 'PLC and station do not trust each other.',
      meanwhile: 'It applies its fail-safe by itself.',
      toDo: 'Approve certificates, check the login.',
    },
    failSafe: {
      what: 'The gate follows its fail-safe rule.',
      meanwhile: 'Verdicts do not move the gate.',
      toDo: 'Look at the alarms; acknowledge at the PLC.',
    },
  },
  failSafeWord: 'fail-safe',
  mesWord: {
    'not-configured': 'not set up',
    connecting: 'connecting',
    connected: 'connected',
    away: 'away',
    fetches: 'fetches',
    refuses: 'refuses',
  },
  mesTrouble: {
    connecting: { what: 'The MES is being called.', meanwhile: 'Reports wait on the disk.', toDo: 'Wait a few seconds.' },
    away: {
      what: 'The MES is not connected.',
      meanwhile: 'Production goes on; reports wait.',
      toDo: 'Look at the alarm.',
    },
    refuses: {
      what: 'The MES is connected, but does not take or give all it should.',
      meanwhile: 'Production goes on; it is tried again.',
      toDo: 'Look at the alarm.',
    },
  },
  mesNone: 'Records are kept here only.',
  modelNone: { what: 'No model is loaded.', meanwhile: 'The fail-safe applies.', toDo: 'Wait; then call maintenance.' },
  modelLoading: 'loading',
  provider: { cpu: 'CPU', cuda: 'GPU (CUDA)', tensorrt: 'GPU (TensorRT)' },
};
