module.exports = {
  mode: 'production',
  entry: { imported: './src/imported.js', required: './src/required.js' },
};
