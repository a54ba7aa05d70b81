/* The bytes of data/action_catalogue.bin as constant data: kActionCatalogueData up to kActionCatalogueDataEnd. */
    .section .rodata
    .balign 16
    .globl kActionCatalogueData
    .globl kActionCatalogueDataEnd
kActionCatalogueData:
    .incbin "action_catalogue.bin"
kActionCatalogueDataEnd:
    .byte 0
    .section .note.GNU-stack, "", @progbits
