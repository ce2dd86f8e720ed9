/* HDF5's own build describes itself here; H5.c refers to it. */
char H5libhdf5_settings[] = "";
