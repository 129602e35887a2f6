// Stands for every bundle where only the templates count.
exports.handler = async () => {
  throw new Error('This is not a function: synthesize with "cdk synth", which bundles the functions.');
};
