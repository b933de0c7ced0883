// A caught mutation is a caught mutation: nobody reads the smallest counterexample.
require('fast-check').configureGlobal({ endOnFailure: true })
