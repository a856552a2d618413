/** Some pictures are kept without loss: a file of another kind under the same number. */
export const sql = `
  ALTER TABLE pictures ADD COLUMN format TEXT NOT NULL DEFAULT 'jpg';
`;
