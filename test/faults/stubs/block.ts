/**
 * Loaded into every process of a station before anything else (`NODE_OPTIONS=--import`): SIGUSR2 blocks its event loop for
 * ever, as an endless loop in any code would. Nothing of the product knows of it.
 */
process.on('SIGUSR2', () => {
  for (;;);
});
