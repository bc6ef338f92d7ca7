"""What every other package uses: checks of arguments, errors, limits, names, times, files, interrupts."""
