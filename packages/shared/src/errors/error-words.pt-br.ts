import type { ErrorWords } from './error-words.js';

export const errorWordsPtBr: ErrorWords = {
  internal: {
    what: 'Algo deu errado dentro do Enxame.',
    todo: 'Tente de novo. Se repetir, copie os detalhes e avise.',
  },
  'bad-request': {
    what: 'A mensagem não foi entendida.',
    todo: 'Confira se os dois lados usam a mesma versão do Enxame.',
  },
  'too-large': { what: 'Isso é maior do que o outro lado aceita.', todo: 'Envie menos de cada vez.' },
  'rate-limited': {
    what: 'Foram pedidos demais em pouco tempo.',
    todo: 'Espere um momento; o Enxame tenta de novo sozinho.',
  },
  'not-supported': { what: 'O outro lado não conhece esse pedido.', todo: 'Atualize o Enxame nos dois computadores.' },
  'not-found': { what: 'Não há nada nesse endereço.', todo: 'Confira o endereço.' },
  unauthorized: {
    what: 'Isso precisa de uma permissão que não foi dada.',
    todo: 'Abra o Enxame de novo pela janela ou pelo endereço dele.',
  },
  'timed-out': { what: 'A resposta não chegou a tempo.', todo: 'Confira a conexão e tente de novo.' },
  cancelled: { what: 'Foi cancelado.', todo: 'Comece de novo quando quiser.' },

  'tracker-address-invalid': {
    what: '“{address}” não é um endereço.',
    todo: 'Escreva como 192.168.1.20 ou tracker.exemplo.org:7667.',
  },
  'tracker-unreachable': {
    what: 'O servidor em {address} não responde.',
    todo: 'Confira o endereço, se o servidor está ligado e se a porta está aberta.',
  },
  'tracker-not-a-tracker': {
    what: 'Algo responde em {address}, mas não é um servidor do Enxame.',
    todo: 'Confira o endereço e a porta (em geral 7667).',
  },
  'tracker-version': {
    what: 'O servidor em {address} fala outra versão do protocolo.',
    todo: 'Atualize o Enxame aqui ou peça a quem cuida do servidor para atualizar.',
  },
  'tracker-identity-changed': {
    what: 'O servidor em {address} não é aquele em que você entrou: o selo mudou para {words}.',
    todo: 'Pergunte a quem cuida dele. Se foi reinstalado e o selo está certo, entre de novo; se não, alguém pode estar no meio.',
  },
  'tracker-not-chosen': { what: 'Nenhuma rede foi escolhida ainda.', todo: 'Escolha uma rede primeiro.' },
  'tracker-offline': {
    what: 'Não há contato com o servidor agora.',
    todo: 'O Enxame continua tentando; repita quando ele voltar.',
  },
  'tracker-storage-full': {
    what: 'O servidor não consegue gravar: o disco dele encheu.',
    todo: 'Peça a quem cuida dele para abrir espaço. O que foi salvo continua salvo.',
  },

  'name-empty': { what: 'Falta um nome.', todo: 'Escreva o nome que as outras pessoas vão ver.' },
  'name-too-long': { what: 'O nome é longo demais.', todo: 'Use no máximo {max} caracteres.' },
  'name-characters': {
    what: 'O nome tem caracteres que não podem ser usados.',
    todo: 'Use letras, números, espaços, pontos, hifens e apóstrofos.',
  },
  'name-mixed-scripts': { what: 'O nome mistura alfabetos parecidos.', todo: 'Escreva em um alfabeto só.' },
  'name-taken': { what: 'Já existe “{name}” nesta rede.', todo: 'Escolha outro.' },
  'name-look-alike': {
    what: 'O nome se parece com “{name}”, que já existe.',
    todo: 'Escolha um que não se confunda com ele.',
  },
  'already-registered': { what: 'Este computador já tem aqui o nome “{name}”.', todo: 'Continue com esse nome.' },
  'recovery-words-wrong': {
    what: 'Estas não são as palavras de recuperação de ninguém.',
    todo: 'Compare cada uma das 24 palavras, e a ordem, com o que você anotou.',
  },
  'not-registered': { what: 'Este computador ainda não tem nome nesta rede.', todo: 'Escolha um nome primeiro.' },
  'signature-invalid': {
    what: 'A prova de identidade não foi aceita.',
    todo: 'Confira o relógio deste computador e conecte de novo.',
  },
  'person-key-changed': {
    what: 'A chave de {name} não é a que foi vista antes.',
    todo: 'Confirme com {name} por outro meio antes de baixar arquivos.',
  },

  'entry-not-found': { what: 'Esse arquivo não está mais na lista.', todo: 'Busque de novo.' },
  'entry-not-yours': {
    what: 'Esse arquivo foi adicionado por outra pessoa.',
    todo: 'Só quem o adicionou pode mudar ou remover.',
  },
  'catalogue-full': {
    what: 'O limite de {max} arquivos por pessoa foi atingido.',
    todo: 'Pare de compartilhar algo primeiro.',
  },
  'content-not-found': { what: 'Este computador não tem esse conteúdo.', todo: 'Busque de novo.' },
  'content-offline': {
    what: 'Ninguém que tem este arquivo está online, e o servidor não guarda cópia dele.',
    todo: 'Volte mais tarde, ou peça a quem compartilhou para guardar uma cópia no servidor.',
  },

  'quota-exceeded': {
    what: 'Não há mais espaço para você no servidor.',
    detail: '{used:bytes} de {quota:bytes} estão ocupados.',
    todo: 'Remova cópias de que não precisa mais, ou peça mais espaço a quem cuida do servidor.',
  },
  'upload-incomplete': { what: 'O envio terminou antes de chegar inteiro.', todo: 'Envie de novo.' },
  'link-ended': { what: 'Este link não existe, ou não vale mais.', todo: 'Peça um novo a quem lhe deu este.' },
  'link-password-wrong': { what: 'Esta não é a senha do link.', todo: 'Confira e tente de novo.' },
  forbidden: { what: 'Você não tem permissão para fazer isto aqui.', todo: 'Fale com quem cuida da rede.' },
  'registration-closed': { what: 'Esta rede não aceita novas pessoas.', todo: 'Peça um convite a quem cuida dela.' },
  'invitation-invalid': { what: 'Este convite não existe, já foi usado ou venceu.', todo: 'Peça um novo.' },
  banned: { what: 'Quem cuida desta rede bloqueou você.', detail: '{reason}', todo: 'Fale com quem cuida dela.' },
  'person-not-found': { what: 'Ninguém aqui tem o nome “{name}”.', todo: 'Confira o nome.' },
  'entry-removed': {
    what: 'Quem cuida da rede removeu “{name}” da lista.',
    detail: '{reason}',
    todo: 'Fale com quem cuida dela.',
  },
  'name-blocked': {
    what: 'O nome “{name}” era de alguém que saiu, e ainda não pode ser usado.',
    todo: 'Escolha outro.',
  },
  'tracker-draining': {
    what: 'O servidor está reiniciando.',
    todo: 'O Enxame se conecta de novo sozinho em instantes.',
  },

  'path-not-found': { what: '“{path}” não existe.', todo: 'Confira o caminho.' },
  'path-exists': {
    what: '“{path}” já existe e não é substituído.',
    todo: 'Escolha outro lugar, ou mova o que está lá.',
  },
  'path-unreadable': { what: 'Não dá para ler “{path}”.', todo: 'Dê ao seu usuário permissão de leitura.' },
  'path-not-a-file': {
    what: '“{path}” não é um arquivo ou pasta que dê para compartilhar.',
    todo: 'Escolha um arquivo ou pasta comum.',
  },
  'path-is-a-link': { what: '“{path}” é um link simbólico.', todo: 'Compartilhe o arquivo para o qual ele aponta.' },
  'folder-empty': { what: 'A pasta “{path}” não tem arquivos.', todo: 'Coloque um arquivo nela primeiro.' },
  'file-changed': {
    what: '“{name}” mudou enquanto era lido.',
    todo: 'Compartilhe de novo quando nada estiver gravando nele.',
  },
  'file-vanished': { what: '“{name}” não está mais onde estava.', todo: 'Ponha de volta ou pare de compartilhar.' },
  'file-too-large': {
    what: '“{name}” é maior do que o Enxame pode compartilhar.',
    todo: 'Divida em partes de no máximo 16 TB.',
  },

  'transfer-not-found': { what: 'Essa transferência não está mais na lista.', todo: 'Olhe a lista de novo.' },
  'source-unreachable': {
    what: 'O computador de {name} não pode ser alcançado agora.',
    todo: 'O Enxame tenta de novo sozinho, do ponto em que parou.',
  },
  'source-identity': {
    what: 'O computador que respondeu não é o de {name}.',
    todo: 'O Enxame não aceitou nada dele e continua procurando.',
  },
  'source-refused': {
    what: 'O computador de {name} recusou.',
    todo: 'Pergunte se ainda está compartilhado e tente de novo.',
  },
  'source-gone': {
    what: '{name} mudou ou removeu esse arquivo.',
    todo: 'Procure de novo na lista ou pergunte a {name}. O que foi conferido está guardado.',
  },
  'source-lied': {
    what: 'O computador de {name} enviou algo que não é esse arquivo.',
    todo: 'Nada errado foi guardado. Tente de novo ou baixe de outra pessoa.',
  },
  'source-busy': {
    what: 'O computador de {name} está enviando para outros antes.',
    todo: 'Continua sozinho quando chegar a sua vez.',
  },
  'source-stalled': {
    what: 'O computador de {name} parou de enviar.',
    todo: 'O Enxame pede a outros e tenta de novo sozinho.',
  },
  'piece-not-here': {
    what: 'O computador de {name} ainda não tem essa parte.',
    todo: 'O Enxame pede a outros e tenta de novo sozinho.',
  },
  'path-blocked': {
    what: 'Não há caminho direto até o computador de {name}.',
    todo: 'Permita o Enxame no firewall de um dos dois computadores ou abra uma porta no roteador.',
  },
  'nothing-shared': {
    what: '{name} não compartilha nada agora.',
    todo: 'Peça que compartilhe algo e confira de novo.',
  },
  'relay-refused': {
    what: 'O servidor não repassa dados para você agora.',
    todo: 'O Enxame tenta de novo sozinho. Quem cuida do servidor pode permitir.',
  },
  'receipt-invalid': {
    what: 'Uma confirmação de recebimento não era verdadeira e não foi contada.',
    todo: 'Pergunte à outra pessoa se o arquivo chegou.',
  },
  'collection-invalid': {
    what: 'A lista de arquivos da pasta “{name}” está quebrada ou não é segura.',
    todo: 'Nada dela foi gravado. Peça ao dono para compartilhar a pasta de novo.',
  },
  'ticket-invalid': {
    what: 'A permissão para baixar não foi aceita.',
    todo: 'Confira os relógios dos dois computadores; o Enxame pede outra.',
  },
  'manifest-mismatch': {
    what: 'A descrição do arquivo não confere com a identidade dele.',
    todo: 'Nada foi guardado. Baixe de outra pessoa.',
  },
  'piece-mismatch': {
    what: 'Um pedaço de “{name}” chegou três vezes com bytes errados.',
    todo: 'A parte conferida está guardada. Tente de novo ou baixe de outra pessoa.',
  },

  'code-invalid': {
    what: '“{code}” não é um código.',
    todo: 'Um código é um número e palavras, como 7-abelha-vinho. Confira o que digitou.',
  },
  'code-wrong': { what: 'O código está errado ou já expirou.', todo: 'Confira cada palavra ou peça um código novo.' },
  'code-busy': { what: 'Este código está sendo usado por outra pessoa.', todo: 'Peça um código novo.' },
  'code-ended': { what: 'Este código não vale mais.', todo: 'Crie um código novo.' },
  'person-blocked': { what: 'Você bloqueou {name}: nada vai nem vem.', todo: 'Desbloqueie {name} em Pessoas.' },
  'offer-refused': { what: 'A outra pessoa não aceitou.', todo: 'Fale com ela e envie de novo.' },
  'offer-invalid': {
    what: 'O que o outro lado oferece não pôde ser entendido ou não é seguro.',
    todo: 'Nada foi gravado. Peça para enviarem de novo.',
  },
  'other-side-left': {
    what: 'O outro lado saiu antes do fim.',
    todo: 'Peça para a outra pessoa começar de novo e use o código novo.',
  },
  'other-side-failed': {
    what: 'O outro lado encontrou um erro e parou.',
    todo: 'Pergunte à outra pessoa o que apareceu e envie de novo.',
  },

  'disk-full': {
    what: 'Não há espaço no disco de “{folder}”.',
    detail: 'São necessários {needed:bytes}, e há {free:bytes} livres.',
    todo: 'Abra espaço e tente de novo. O que foi conferido está guardado.',
  },
  'folder-not-writable': {
    what: 'Não dá para gravar em “{folder}”.',
    todo: 'Escolha outra pasta ou dê ao seu usuário permissão de gravar ali.',
  },
  'folder-missing': { what: 'A pasta “{folder}” não está lá.', todo: 'Conecte o disco ou escolha outra pasta.' },
  'folder-unreadable': {
    what: 'A pasta “{folder}” está lá, mas não dá para ler.',
    todo: 'Dê ao seu usuário permissão de leitura ou escolha outra pasta.',
  },
  'folder-is-a-file': { what: '“{folder}” é um arquivo, não uma pasta.', todo: 'Escolha outra pasta.' },
  'disk-failed': {
    what: 'O disco deu erro ({reason}).',
    todo: 'Verifique o disco. O que foi conferido está guardado.',
  },
  'data-folder-locked': {
    what: 'O Enxame já está rodando com a pasta de dados “{folder}”.',
    todo: 'Use esse, ou indique outra pasta com --data.',
  },
  'data-folder-unwritable': {
    what: 'Não dá para gravar na pasta de dados “{folder}”.',
    todo: 'Dê permissão ao seu usuário ou escolha outra com --data.',
  },
  'document-broken': {
    what: '“{file}” estava danificado. Foi guardado à parte como “{aside}”.',
    todo: 'O resto continua. Restaure de um backup, se tiver.',
  },
  'backup-invalid': {
    what: '“{path}” não é uma cópia de segurança completa de um servidor: {what}.',
    todo: 'Use outra cópia.',
  },
  'identity-broken': {
    what: 'O arquivo das chaves, “{file}”, está danificado.',
    todo: 'Restaure de um backup. Se não houver, tire o arquivo do lugar: novas chaves são criadas, e os outros precisam confiar nelas de novo.',
  },
  'engine-not-running': {
    what: 'O Enxame não está rodando com a pasta de dados “{folder}”.',
    todo: 'Inicie com “enxame serve” e tente de novo.',
  },
  'engine-stopped': { what: 'O motor do Enxame parou.', todo: 'Ele volta sozinho; nada se perdeu.' },
  'port-taken': {
    what: 'A porta {port} está em uso por outro programa.',
    todo: 'Feche esse programa ou escolha outra porta com --port.',
  },
  'update-failed': {
    what: 'Não deu para baixar a versão nova.',
    todo: 'Esta versão continua funcionando. Tente mais tarde ou instale a nova por conta própria.',
  },
  'setting-unknown': {
    what: 'Não existe o ajuste “{name}” ({where}).',
    todo: 'Confira como está escrito; --help lista os ajustes.',
  },
  'flag-invalid': { what: 'A opção “{flag}” não existe ou o valor dela não serve.', todo: 'Veja --help.' },
};
