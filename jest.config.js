const { house, projects } = require('./tools/testing/jest-projects.cjs')

/** One run for the whole house in four projects, by what a test asks for (tools/testing/projects.cjs). */
module.exports = { ...house, projects: projects() }
