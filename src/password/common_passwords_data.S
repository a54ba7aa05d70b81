/* The lines of data/common_passwords.txt as constant data: kCommonPasswordData up to kCommonPasswordDataEnd. */
    .section .rodata
    .balign 16
    .globl kCommonPasswordData
    .globl kCommonPasswordDataEnd
kCommonPasswordData:
    .incbin "common_passwords.txt"
kCommonPasswordDataEnd:
    .byte 0
    .section .note.GNU-stack, "", @progbits
