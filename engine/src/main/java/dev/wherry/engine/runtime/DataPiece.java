package dev.wherry.engine.runtime;

/**
 * The bytes of one data segment.
 *
 * @param bytes an array that holds them
 * @param offset where they begin in it
 * @param length how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // A range of shared bytes that is never compared.
record DataPiece(byte[] bytes, int offset, int length) {

    static final DataPiece EMPTY = new DataPiece(new byte[0], 0, 0);
}
