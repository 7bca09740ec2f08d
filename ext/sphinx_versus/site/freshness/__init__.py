"""What an incremental build must read and write again, so that its output is that of a build from nothing.

| module         | what is kept                                               | when it is compared                  |
|----------------|------------------------------------------------------------|--------------------------------------|
| `files`        | time, size and digest of each file that a page was read from, and of its tree | before Sphinx looks for changed pages |
| `journal`      | the pages that are being read                              | the same, after a killed build       |
| `makers`       | versions, code and page templates that made the pages      | the same                             |
| `references`   | what each page refers to                                   | after reading                        |
| `surroundings` | templates, style sheets, settings: what all pages share    | after reading                        |
| `shown`        | everything a page shows that is not its own text           | after reading                        |
| `output`       | per page what it showed, per file what was written         | after reading, and at the end        |
| `made`         | which files a build makes                                  | at the end, to remove the others     |
| `search_index` | nothing: the index is put right before it is written       |                                      |
| `idle`         | what the general index showed                              | before writing, to leave the indices |
| `order`        | nothing: what depends on the order of reading is put right |                                      |

`build` connects them to the events of a build.
"""
